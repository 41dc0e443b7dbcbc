using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Chain;

/// <summary>
/// A signed proposal: the header with all that is needed to rebuild the block from a pool of transactions. Signed
/// are height, round, valid round and block hash; the hash covers the rest.
/// </summary>
/// <param name="Round">The round it is proposed in; the height is the header's.</param>
/// <param name="ValidRound">The earlier round with a polka for this block; null for none (-1 in the paper).</param>
/// <param name="Header">The header, whose transactions root commits to <paramref name="TransactionIds"/>.</param>
/// <param name="LastCertificate">The certificate of the parent; null at height 1.</param>
/// <param name="Evidence">Evidence that the block carries.</param>
/// <param name="TransactionIds">Ids in block order.</param>
/// <param name="Signature">The proposer's, under <see cref="SigningDomain.Proposal"/>.</param>
/// <param name="NextTerm">The term of the next height, exactly where it differs from this one's.</param>
public sealed record Proposal(
    Round Round,
    Round? ValidRound,
    BlockHeader Header,
    CommitCertificate? LastCertificate,
    IReadOnlyList<Evidence> Evidence,
    IReadOnlyList<Hash32> TransactionIds,
    Signature Signature,
    Term? NextTerm = null) : IBcsValue<Proposal>
{
    public Height Height => Header.Height;

    public Hash32 BlockHash => Header.Hash;

    /// <summary>The bytes that a proposal's signature covers.</summary>
    public static byte[] SignedBytes(Height height, Round round, Round? validRound, Hash32 blockHash)
    {
        BcsWriter writer = new(64);
        writer.WriteU64(height.Value);
        writer.WriteU32(round.Value);
        WriteOptionalRound(writer, validRound);
        writer.WriteHash(blockHash);
        return writer.ToArray();
    }

    public static Proposal Decode(ref BcsReader reader) => new(
        new Round(reader.ReadU32()),
        reader.ReadBool() ? new Round(reader.ReadU32()) : null,
        BlockHeader.Decode(ref reader),
        reader.ReadBool() ? CommitCertificate.Decode(ref reader) : null,
        Bcs.ReadList<Evidence>(ref reader, Limits.MaxBlockEvidence),
        ReadIds(ref reader),
        reader.ReadSignature(),
        reader.ReadBool() ? Term.Decode(ref reader) : null);

    public void Encode(BcsWriter writer)
    {
        writer.WriteU32(Round.Value);
        WriteOptionalRound(writer, ValidRound);
        Header.Encode(writer);
        writer.WriteBool(LastCertificate is not null);
        LastCertificate?.Encode(writer);
        writer.WriteList(Evidence);
        writer.WriteLength(TransactionIds.Count);
        foreach (Hash32 id in TransactionIds)
        {
            writer.WriteHash(id);
        }

        writer.WriteSignature(Signature);
        writer.WriteBool(NextTerm is not null);
        NextTerm?.Encode(writer);
    }

    /// <summary>Whether the signature is that of <paramref name="key"/> on the header's chain.</summary>
    public bool SignatureHolds(PublicKey key) => SignatureCheck.Holds(
        SigningDomain.Proposal, Header.ChainId, SignedBytes(Height, Round, ValidRound, BlockHash), key, Signature);

    private static void WriteOptionalRound(BcsWriter writer, Round? round)
    {
        writer.WriteBool(round is not null);
        if (round is { } present)
        {
            writer.WriteU32(present.Value);
        }
    }

    private static IReadOnlyList<Hash32> ReadIds(ref BcsReader reader)
    {
        int count = reader.ReadLength(Limits.MaxBlockTransactions);
        List<Hash32> ids = [];
        for (int i = 0; i < count && !reader.Failed; i++)
        {
            ids.Add(reader.ReadHash());
        }

        return ids;
    }
}
