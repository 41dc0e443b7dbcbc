using EnergyChain.Core.Chain;

namespace EnergyChain.Benchmarks.Load.Market;

/// <summary>Something that was done for a slot.</summary>
internal sealed record MarketAct(MarketActKind Kind, ulong Slot, Transaction Transaction);
