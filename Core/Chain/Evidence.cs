using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Chain;

/// <summary>
/// Proof that a member signed two different votes for one height, round and type. The votes are ordered by their
/// block hash (nil first), so that one offence has one encoding.
/// </summary>
public sealed record Evidence(Vote First, Vote Second) : IBcsValue<Evidence>
{
    public Height Height => First.Height;

    public static Evidence Decode(ref BcsReader reader) => new(Vote.Decode(ref reader), Vote.Decode(ref reader));

    /// <summary>Evidence of two votes in canonical order, or null where they do not contradict each other.</summary>
    public static Evidence? Of(Vote one, Vote other)
    {
        int order = (one.BlockHash ?? Hash32.Zero).CompareTo(other.BlockHash ?? Hash32.Zero);
        Evidence evidence = order <= 0 ? new Evidence(one, other) : new Evidence(other, one);
        return evidence.IsContradiction() ? evidence : null;
    }

    public void Encode(BcsWriter writer)
    {
        First.Encode(writer);
        Second.Encode(writer);
    }

    /// <summary>Whether both votes contradict each other and are signed by the same member of the council.</summary>
    public bool Verify(ChainId chainId, Council council) =>
        IsContradiction()
        && First.Validator < council.Count
        && First.SignatureHolds(chainId, council[First.Validator].PublicKey)
        && Second.SignatureHolds(chainId, council[First.Validator].PublicKey);

    private bool IsContradiction() =>
        First.Type == Second.Type
        && First.Height == Second.Height
        && First.Round == Second.Round
        && First.Validator == Second.Validator
        && (First.BlockHash ?? Hash32.Zero).CompareTo(Second.BlockHash ?? Hash32.Zero) < 0;
}
