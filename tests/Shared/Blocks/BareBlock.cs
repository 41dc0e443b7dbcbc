using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Tests;

/// <summary>
/// Blocks of which only the transactions count: nothing was executed, nobody signed, and all other roots are empty.
/// Logs and indexes read no more of them.
/// </summary>
internal static class BareBlock
{
    public const ulong StartMs = 1_700_000_000_000;

    public static ChainId ChainId { get; } = new(7);

    /// <summary>A block a second after the one below it.</summary>
    public static CommittedBlock At(Height height, Hash32 parent, IReadOnlyList<Transaction> transactions)
    {
        BlockHeader header = new()
        {
            ChainId = ChainId,
            Height = height,
            Time = TimeOf(height),
            ParentHash = parent,
            TransactionsRoot = Block.TransactionsRootOf(transactions.Select(static each => each.Id)),
            ParentStateRoot = default,
            ParentReceiptsRoot = default,
            ParentGasUsed = default,
            TermHash = default,
            NextTermHash = default,
            Proposer = default,
            LastCertificateHash = default,
            EvidenceRoot = default,
        };
        Block block = new(header, null, [], transactions);
        return new CommittedBlock(block, new CommitCertificate(height, Round.Zero, block.Hash, [], []));
    }

    public static BlockTime TimeOf(Height height) => new(StartMs + (height.Value * 1_000));
}
