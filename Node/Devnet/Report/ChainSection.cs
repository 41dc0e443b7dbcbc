namespace EnergyChain.Node.Devnet.Report;

/// <summary>The chain after the run.</summary>
public sealed record ChainSection
{
    /// <summary>The height at which all nodes were compared.</summary>
    public required ulong Height { get; init; }

    public required int Validators { get; init; }

    public required int Relays { get; init; }

    /// <summary>Transactions in blocks 1 to height.</summary>
    public required long Transactions { get; init; }

    /// <summary>Transactions of those that reverted.</summary>
    public required long Reverted { get; init; }

    /// <summary>Times between the headers of the run, after all nodes were up.</summary>
    public required Distribution IntervalMs { get; init; }

    /// <summary>From handing a transaction to a node until that node committed it.</summary>
    public required Distribution FinalityMs { get; init; }

    public required string HeadHash { get; init; }

    /// <summary>Root of the world state after the block at height.</summary>
    public required string StateRoot { get; init; }

    /// <summary>Whether every node gave the same head hash and state root by gRPC.</summary>
    public required bool AllNodesAgree { get; init; }

    public required IReadOnlyList<NodeRow> Nodes { get; init; }
}
