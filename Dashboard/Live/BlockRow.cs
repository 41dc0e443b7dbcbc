using EnergyChain.Client.Model;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Dashboard.Live;

/// <summary>A recent block without its transactions' ids, so that many fit into memory.</summary>
public sealed record BlockRow(
    Height Height,
    Hash32 Hash,
    BlockTime Time,
    Address Proposer,
    uint CommitRound,
    uint CommitSignatures,
    int Transactions,
    Gas GasUsed,
    uint Evidence)
{
    /// <summary>Places in the council of those who signed the certificate; empty where that is not told.</summary>
    public IReadOnlyList<uint> Signers { get; init; } = [];

    /// <summary>Of the term: blocks of one term have one council.</summary>
    public Hash32 Term { get; init; }

    public static BlockRow Of(BlockInfo block) => new(
        block.Height,
        block.Hash,
        block.Time,
        block.Proposer,
        block.CommitRound,
        block.CommitSignatures,
        block.TransactionIds.Count,
        block.GasUsed,
        block.Evidence)
    {
        Signers = block.CommitSigners,
        Term = block.TermHash,
    };
}
