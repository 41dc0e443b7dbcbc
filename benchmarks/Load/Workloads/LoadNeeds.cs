using EnergyChain.Contracts.Genesis;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Benchmarks.Load.Workloads;

/// <summary>What a genesis must hold for a workload.</summary>
/// <param name="Funded">Accounts that have coin.</param>
/// <param name="Sites">Sites of the market.</param>
/// <param name="Devices">Their meters.</param>
internal sealed record LoadNeeds(
    IReadOnlyList<Address> Funded, IReadOnlyList<GenesisSite> Sites, IReadOnlyList<GenesisDevice> Devices)
{
    /// <summary>How long a slot is.</summary>
    public ulong SlotSeconds { get; init; } = MarketCalendar.SlotSeconds;

    /// <summary>How long before a slot its gate closes.</summary>
    public ulong GateLeadSeconds { get; init; } = MarketCalendar.GateLeadSeconds;

    /// <summary>How long after a slot its records count.</summary>
    public ulong ReportWindowSeconds { get; init; } = MarketCalendar.ReportWindowSeconds;
}
