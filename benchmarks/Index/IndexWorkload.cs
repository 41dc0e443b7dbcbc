namespace EnergyChain.Benchmarks.Index;

/// <summary>What the transactions of a run are.</summary>
internal enum IndexWorkload
{
    /// <summary>Coin between accounts; no events.</summary>
    Transfer,

    /// <summary>Orders with their event, and a clearing of 255 trades after each 40,000.</summary>
    Order,

    /// <summary>Meter records with the four events of each.</summary>
    Meter,
}
