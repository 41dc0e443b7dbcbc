namespace EnergyChain.Benchmarks.Load.Market;

/// <summary>What is done for a slot beside the orders.</summary>
internal enum MarketActKind
{
    Tariffs,
    Clear,
    Record,
    Settle,
}
