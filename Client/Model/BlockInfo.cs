using EnergyChain.Core.Primitives;

namespace EnergyChain.Client.Model;

/// <summary>A final block.</summary>
public sealed record BlockInfo
{
    public required Height Height { get; init; }

    public required Hash32 Hash { get; init; }

    public required BlockTime Time { get; init; }

    public required Hash32 ParentHash { get; init; }

    public required Hash32 ParentStateRoot { get; init; }

    public required Address Proposer { get; init; }

    public required uint CommitRound { get; init; }

    /// <summary>Members of the council whose signatures prove it.</summary>
    public required uint CommitSignatures { get; init; }

    /// <summary>Their places in the council of that height, ascending; empty where the node does not tell.</summary>
    public IReadOnlyList<uint> CommitSigners { get; init; } = [];

    /// <summary>Of the term of its height: blocks of one term have one council.</summary>
    public Hash32 TermHash { get; init; }

    public required uint Evidence { get; init; }

    public required Gas GasUsed { get; init; }

    public required IReadOnlyList<Hash32> TransactionIds { get; init; }
}
