using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Chain;

/// <summary>A block. Immutable.</summary>
/// <param name="Header">Commits to the rest.</param>
/// <param name="LastCertificate">The certificate of the parent; null at height 1.</param>
/// <param name="Evidence">Offences of members, for the council contract.</param>
/// <param name="Transactions">In the order of execution.</param>
/// <param name="NextTerm">The term of the next height, exactly where it differs from this one's.</param>
public sealed record Block(
    BlockHeader Header,
    CommitCertificate? LastCertificate,
    IReadOnlyList<Evidence> Evidence,
    IReadOnlyList<Transaction> Transactions,
    Term? NextTerm = null) : IBcsValue<Block>
{
    public Hash32 Hash => Header.Hash;

    public Height Height => Header.Height;

    public static Block Decode(ref BcsReader reader) => new(
        BlockHeader.Decode(ref reader),
        reader.ReadBool() ? CommitCertificate.Decode(ref reader) : null,
        Bcs.ReadList<Evidence>(ref reader, Limits.MaxBlockEvidence),
        Bcs.ReadList<Transaction>(ref reader, Limits.MaxBlockTransactions),
        reader.ReadBool() ? Term.Decode(ref reader) : null);

    /// <summary>Root of the transaction ids as the header carries it.</summary>
    public static Hash32 TransactionsRootOf(IEnumerable<Hash32> transactionIds) =>
        MerkleTree.Root([.. transactionIds]);

    /// <summary>Root of the evidence as the header carries it.</summary>
    public static Hash32 EvidenceRootOf(IEnumerable<Evidence> evidence) =>
        MerkleTree.Root([.. evidence.Select(piece => Blake2b.Hash(Bcs.Encode(piece)))]);

    public void Encode(BcsWriter writer)
    {
        Header.Encode(writer);
        writer.WriteBool(LastCertificate is not null);
        LastCertificate?.Encode(writer);
        writer.WriteList(Evidence);
        writer.WriteList(Transactions);
        writer.WriteBool(NextTerm is not null);
        NextTerm?.Encode(writer);
    }

    /// <summary>Whether a header's next term is this one, which is there exactly where it is another one.</summary>
    public static bool NextTermMatches(BlockHeader header, Term? nextTerm) => nextTerm is null
        ? header.NextTermHash == header.TermHash
        : header.NextTermHash != header.TermHash && header.NextTermHash == nextTerm.Hash;

    /// <summary>Whether header and contents belong together: every root and hash recomputed.</summary>
    public bool ContentsMatchHeader() =>
        TransactionsRootOf(Transactions.Select(transaction => transaction.Id)) == Header.TransactionsRoot
        && EvidenceRootOf(Evidence) == Header.EvidenceRoot
        && (LastCertificate?.Hash ?? Hash32.Zero) == Header.LastCertificateHash
        && NextTermMatches(Header, NextTerm);
}
