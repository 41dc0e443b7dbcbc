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
    public static BlockRow Of(BlockInfo block) => new(
        block.Height,
        block.Hash,
        block.Time,
        block.Proposer,
        block.CommitRound,
        block.CommitSignatures,
        block.TransactionIds.Count,
        block.GasUsed,
        block.Evidence);
}
