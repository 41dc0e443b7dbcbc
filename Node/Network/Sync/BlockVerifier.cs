using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;

namespace EnergyChain.Node.Network.Sync;

/// <summary>
/// Checks a block that a peer sent against our head, cheapest first: every certificate is verified once. The
/// transactions' signatures are checked as well, because ids and with them the root do not cover them: a peer must
/// not be able to make us store and serve forged ones.
/// </summary>
internal static class BlockVerifier
{
    /// <param name="committed">The block.</param>
    /// <param name="head">Our head, whose council decides the block's height.</param>
    /// <param name="chainId">Our chain.</param>
    /// <param name="isVerified">Whether the node has verified this transaction's signatures already.</param>
    /// <param name="concurrency">Signatures verified at a time.</param>
    /// <param name="trusted">A block that the operator trusts.</param>
    public static BlockVerdict Verify(
        CommittedBlock committed,
        ChainHead head,
        ChainId chainId,
        Func<Transaction, bool> isVerified,
        int concurrency,
        TrustedBlock trusted = default)
    {
        BlockHeader header = committed.Block.Header;
        if (header.Height != head.Height.Next)
        {
            return BlockVerdict.NotNext;
        }

        if (header.Time <= head.Time || header.ParentHash != head.Hash)
        {
            return BlockVerdict.HeaderMismatch;
        }

        return VerifyAlone(committed, head.Term, chainId, isVerified, concurrency, trusted);
    }

    /// <summary>Whether a header comes right after another.</summary>
    public static bool Follows(BlockHeader header, BlockHeader parent) =>
        header.Height == parent.Height.Next && header.ParentHash == parent.Hash && header.Time > parent.Time;

    /// <summary>
    /// Whether what a header does not hold itself is right: contents, memos and signatures of transactions.
    /// </summary>
    public static bool ContentsHold(Block block, int concurrency) =>
        block.ContentsMatchHeader() && TransactionsHold(block.Transactions, static _ => false, concurrency);

    /// <summary>Checks all that needs nothing but the term of the block's height.</summary>
    public static BlockVerdict VerifyAlone(
        CommittedBlock committed,
        Term term,
        ChainId chainId,
        Func<Transaction, bool> isVerified,
        int concurrency,
        TrustedBlock trusted = default)
    {
        Block block = committed.Block;
        BlockHeader header = block.Header;
        if (header.ChainId != chainId)
        {
            return BlockVerdict.HeaderMismatch;
        }

        if (!trusted.Allows(block))
        {
            return BlockVerdict.NotTrusted;
        }

        if (header.TermHash != term.Hash)
        {
            return BlockVerdict.OtherTerm;
        }

        if (committed.Certificate.Height != header.Height || committed.Certificate.BlockHash != block.Hash)
        {
            return BlockVerdict.CertificateMismatch;
        }

        if (!block.ContentsMatchHeader())
        {
            return BlockVerdict.ContentsMismatch;
        }

        if (!committed.Certificate.Verify(chainId, term.Council))
        {
            return BlockVerdict.BadCertificate;
        }

        return TransactionsHold(block.Transactions, isVerified, concurrency)
            ? BlockVerdict.Valid
            : BlockVerdict.BadTransaction;
    }

    private static bool TransactionsHold(
        IReadOnlyList<Transaction> transactions, Func<Transaction, bool> isVerified, int concurrency)
    {
        if (concurrency == 1 || transactions.Count <= 1)
        {
            return transactions.All(transaction => Holds(transaction, isVerified));
        }

        ParallelOptions bounded = new() { MaxDegreeOfParallelism = concurrency };
        ParallelLoopResult result = Parallel.For(0, transactions.Count, bounded, (index, loop) =>
        {
            if (!Holds(transactions[index], isVerified))
            {
                loop.Stop();
            }
        });
        return result.IsCompleted;
    }

    private static bool Holds(Transaction transaction, Func<Transaction, bool> isVerified) =>
        transaction.MemoMatches() && (isVerified(transaction) || transaction.SignaturesHold());
}
