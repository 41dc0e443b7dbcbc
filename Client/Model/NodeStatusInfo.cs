using EnergyChain.Core.Primitives;

namespace EnergyChain.Client.Model;

/// <summary>What a node is and how it is doing.</summary>
public sealed record NodeStatusInfo
{
    public required string Version { get; init; }

    public required string Name { get; init; }

    /// <summary>"consensus" or "relay".</summary>
    public required string Role { get; init; }

    public required ChainId ChainId { get; init; }

    public required Hash32 GenesisHash { get; init; }

    public required Height Height { get; init; }

    public required Hash32 HeadHash { get; init; }

    public required BlockTime HeadTime { get; init; }

    public required Hash32 StateRoot { get; init; }

    public required uint Peers { get; init; }

    public required uint PoolTransactions { get; init; }

    public required ulong PoolBytes { get; init; }

    public required bool IsSyncing { get; init; }

    public required Height BestKnownHeight { get; init; }

    public required bool HasIndex { get; init; }

    public required uint CouncilSize { get; init; }

    public required IReadOnlyList<SiteFaultInfo> SiteFaults { get; init; }
}
