using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Chain;

/// <summary>
/// A member's signed vote. <see cref="BlockHash"/> null is the vote for nil. The member is named by its index in the
/// council of the height; signed are type, height, round and block hash, so that the signatures of equal precommits
/// make a certificate.
/// </summary>
public sealed record Vote(
    VoteType Type, Height Height, Round Round, Hash32? BlockHash, int Validator, Signature Signature) : IBcsValue<Vote>
{
    /// <summary>The bytes that a vote's signature covers under <see cref="SigningDomain.Vote"/>.</summary>
    public static byte[] SignedBytes(VoteType type, Height height, Round round, Hash32? blockHash)
    {
        BcsWriter writer = new(64);
        writer.WriteLength((int)type);
        writer.WriteU64(height.Value);
        writer.WriteU32(round.Value);
        writer.WriteBool(blockHash is not null);
        if (blockHash is { } hash)
        {
            writer.WriteHash(hash);
        }

        return writer.ToArray();
    }

    public static Vote Decode(ref BcsReader reader) => new(
        (VoteType)reader.ReadLength((int)VoteType.Precommit),
        new Height(reader.ReadU64()),
        new Round(reader.ReadU32()),
        reader.ReadBool() ? reader.ReadHash() : null,
        reader.ReadLength(Limits.MaxCouncilMembers - 1),
        reader.ReadSignature());

    public void Encode(BcsWriter writer)
    {
        writer.WriteFixed(SignedBytes(Type, Height, Round, BlockHash));
        writer.WriteLength(Validator);
        writer.WriteSignature(Signature);
    }

    /// <summary>Whether the signature is that of <paramref name="key"/> on this chain.</summary>
    public bool SignatureHolds(ChainId chainId, PublicKey key) => SignatureCheck.Holds(
        SigningDomain.Vote, chainId, SignedBytes(Type, Height, Round, BlockHash), key, Signature);
}
