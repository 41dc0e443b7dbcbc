using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Benchmarks.Storage;

/// <summary>
/// Blocks of which only the transactions count: nothing was executed, nobody signed, and all roots are empty. Logs and
/// the index read no more of them.
/// </summary>
internal static class BareBlock
{
    public const ulong StartMs = 1_700_000_000_000;

    public static ChainId ChainId { get; } = new(7);

    /// <summary>A block a second after the one below it.</summary>
    public static CommittedBlock At(ulong height, Hash32 parent, IReadOnlyList<Transaction> transactions)
    {
        BlockHeader header = new()
        {
            ChainId = ChainId,
            Height = new Height(height),
            Time = new BlockTime(StartMs + (height * 1_000)),
            ParentHash = parent,
            TransactionsRoot = default,
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
        return new CommittedBlock(block, new CommitCertificate(block.Height, Round.Zero, block.Hash, [], []));
    }
}
