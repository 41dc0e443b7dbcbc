using System.Globalization;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;

namespace EnergyChain.Node.Verification;

/// <summary>
/// The checks of a block, each with the sentence that says what differs; null where it holds. Thread-safe.
/// </summary>
internal static class BlockCheck
{
    /// <summary>Whether header and contents belong together: every root and hash recomputed.</summary>
    public static ChainFault? Contents(Block block)
    {
        BlockHeader header = block.Header;
        Hash32 root = Block.TransactionsRootOf(block.Transactions.Select(static each => each.Id));
        if (root != header.TransactionsRoot)
        {
            return new ChainFault(
                header.Height,
                FaultKind.TransactionsRoot,
                $"the header states transactions root {header.TransactionsRoot}; its transactions give {root}");
        }

        root = Block.EvidenceRootOf(block.Evidence);
        if (root != header.EvidenceRoot)
        {
            return new ChainFault(
                header.Height,
                FaultKind.EvidenceRoot,
                $"the header states evidence root {header.EvidenceRoot}; its evidence gives {root}");
        }

        Hash32 last = block.LastCertificate?.Hash ?? Hash32.Zero;
        if (last != header.LastCertificateHash)
        {
            return new ChainFault(
                header.Height,
                FaultKind.LastCertificate,
                $"the header names certificate {header.LastCertificateHash} of its parent; it carries {last}");
        }

        return Block.NextTermMatches(header, block.NextTerm)
            ? null
            : new ChainFault(
                header.Height,
                FaultKind.NextTerm,
                $"the header names next term {header.NextTermHash}; the block carries "
                + (block.NextTerm is { } next ? next.Hash.ToString() : "none"));
    }

    /// <summary>Whether the certificate makes this block final under a term. About 50 us a signature.</summary>
    public static ChainFault? Certificate(CommittedBlock committed, ChainId chainId, Term term)
    {
        CommitCertificate certificate = committed.Certificate;
        Height height = committed.Block.Height;
        if (certificate.Height != height || certificate.BlockHash != committed.Block.Hash)
        {
            return new ChainFault(
                height,
                FaultKind.Certificate,
                $"its certificate is of height {certificate.Height} and block {certificate.BlockHash}; the block is "
                + committed.Block.Hash);
        }

        return certificate.Verify(chainId, term.Council)
            ? null
            : new ChainFault(height, FaultKind.Certificate, Unsigned(certificate, term.Council));
    }

    /// <summary>Whether the certificate inside the block is one of its parent.</summary>
    public static ChainFault? LastCertificate(Block block, CommitCertificate? stored, ChainId chainId, Term term)
    {
        CommitCertificate? carried = block.LastCertificate;
        if (carried is null)
        {
            return block.Height == Height.Genesis.Next
                ? null
                : new ChainFault(block.Height, FaultKind.LastCertificate, "it carries no certificate of its parent");
        }

        bool isSame = stored is not null && carried.Hash == stored.Hash;
        bool isSound = isSame
            || (carried.Height.Next == block.Height
                && carried.BlockHash == block.Header.ParentHash
                && carried.Verify(chainId, term.Council));
        return isSound
            ? null
            : new ChainFault(
                block.Height,
                FaultKind.LastCertificate,
                "the certificate that it carries is not one of its parent: height "
                + $"{carried.Height}, block {carried.BlockHash}, {Unsigned(carried, term.Council)}");
    }

    /// <summary>Whether memo and signatures of a transaction hold. About 50 us a signature.</summary>
    public static ChainFault? Transaction(Height height, int index, Transaction transaction) =>
        !transaction.MemoMatches()
            ? new ChainFault(
                height, FaultKind.Memo, $"the memo of transaction {Name(index, transaction)} is not the signed one")
        : !transaction.SignaturesHold()
            ? new ChainFault(
                height, FaultKind.Signature, $"a signature of transaction {Name(index, transaction)} does not hold")
        : null;

    /// <summary>Whether a header states what executing the blocks before it gave.</summary>
    /// <param name="header">The header after the head.</param>
    /// <param name="head">What executing gave.</param>
    /// <param name="source">Who executed.</param>
    public static ChainFault? Against(BlockHeader header, ChainHead head, string source)
    {
        (FaultKind Kind, string What, object Stated, object Own)[] pairs =
        [
            (FaultKind.StateRoot, "state root", header.ParentStateRoot, head.StateRoot),
            (FaultKind.ReceiptsRoot, "receipts root", header.ParentReceiptsRoot, head.ReceiptsRoot),
            (FaultKind.GasUsed, "gas used", header.ParentGasUsed, head.GasUsed),
            (FaultKind.Term, "term", header.TermHash, head.Term.Hash),
            (FaultKind.NextTerm, "next term", header.NextTermHash, head.NextTerm.Hash),
        ];
        foreach ((FaultKind kind, string what, object stated, object own) in pairs)
        {
            if (!stated.Equals(own))
            {
                return new ChainFault(
                    header.Height,
                    kind,
                    $"its header states {what} {stated} after block {header.Height.Previous}; {source} gives {own}");
            }
        }

        return null;
    }

    private static string Name(int index, Transaction transaction) =>
        string.Create(CultureInfo.InvariantCulture, $"{index} ({transaction.Id})");

    private static string Unsigned(CommitCertificate certificate, Council council) => council.IsQuorum(
        certificate.Signers.Count)
        ? $"a signature of its {certificate.Signers.Count} signers, of {council.Count} members, does not hold"
        : $"{certificate.Signers.Count} of {council.Count} members signed, {council.QuorumSize} have to";
}
