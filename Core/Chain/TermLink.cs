using EnergyChain.Core.Codec;

namespace EnergyChain.Core.Chain;

/// <summary>
/// The header of a block that names another term for the height after it, the certificate that makes it final, and
/// that term: a link of a <see cref="TermChain"/>.
/// </summary>
public sealed record TermLink(BlockHeader Header, CommitCertificate Certificate, Term Next) : IBcsValue<TermLink>
{
    public static TermLink Decode(ref BcsReader reader) =>
        new(BlockHeader.Decode(ref reader), CommitCertificate.Decode(ref reader), Term.Decode(ref reader));

    /// <summary>The link that a block makes; null where the term stays as it is.</summary>
    public static TermLink? Of(CommittedBlock committed) => committed.Block.NextTerm is { } next
        ? new TermLink(committed.Block.Header, committed.Certificate, next)
        : null;

    public void Encode(BcsWriter writer)
    {
        Header.Encode(writer);
        Certificate.Encode(writer);
        Next.Encode(writer);
    }
}
