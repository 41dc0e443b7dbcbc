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
    /// <summary>How long a record counts after its slot; null for as short as the market's timing allows.</summary>
    public ulong? ReportWindowSeconds { get; init; }
}
