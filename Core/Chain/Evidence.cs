using System.Diagnostics;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Chain;

/// <summary>
/// Proof that a member signed two different messages for one step: a closed set. The two are in a fixed order, so that
/// the same two make one encoding.
/// </summary>
public abstract record Evidence : IBcsValue<Evidence>
{
    private const int DoubleVoteVariant = 0;
    private const int DoubleProposalVariant = 1;

    private Evidence()
    {
    }

    /// <summary>What the offender did.</summary>
    public abstract Offence Offence { get; }

    public Height Height => Offence.Height;

    public Round Round => Offence.Round;

    /// <summary>Index of the offender in the council of <see cref="Height"/>.</summary>
    public int Offender => Offence.Offender;

    /// <summary>Evidence of two votes, or null where they do not contradict each other.</summary>
    public static Evidence? Of(Vote one, Vote other)
    {
        bool inOrder = (one.BlockHash ?? Hash32.Zero).CompareTo(other.BlockHash ?? Hash32.Zero) <= 0;
        DoubleVote evidence = inOrder ? new DoubleVote(one, other) : new DoubleVote(other, one);
        return evidence.IsContradiction() ? evidence : null;
    }

    /// <summary>Evidence of two proposals, or null where they do not contradict each other.</summary>
    public static Evidence? Of(SignedProposal one, SignedProposal other)
    {
        bool inOrder = DoubleProposal.Compare(one, other) <= 0;
        DoubleProposal evidence = inOrder ? new DoubleProposal(one, other) : new DoubleProposal(other, one);
        return evidence.IsContradiction() ? evidence : null;
    }

    public static Evidence Decode(ref BcsReader reader) => reader.ReadLength(DoubleProposalVariant) switch
    {
        DoubleVoteVariant => new DoubleVote(Vote.Decode(ref reader), Vote.Decode(ref reader)),
        DoubleProposalVariant =>
            new DoubleProposal(SignedProposal.Decode(ref reader), SignedProposal.Decode(ref reader)),
        _ => throw new UnreachableException(),
    };

    public abstract void Encode(BcsWriter writer);

    /// <summary>
    /// Whether both messages contradict each other and are signed by the same member (two signature checks).
    /// </summary>
    /// <param name="chainId">The chain.</param>
    /// <param name="council">The council of <see cref="Height"/>.</param>
    public bool Verify(ChainId chainId, Council council) =>
        IsContradiction()
        && Offender < council.Count
        && SignaturesHold(chainId, council[Offender].PublicKey);

    protected internal abstract bool IsContradiction();

    protected abstract bool SignaturesHold(ChainId chainId, PublicKey key);

    /// <summary>Two votes of one type, ordered by block hash, nil first.</summary>
    public sealed record DoubleVote(Vote First, Vote Second) : Evidence
    {
        public override Offence Offence => new(
            First.Height,
            First.Round,
            First.Type == VoteType.Prevote ? OffenceKind.DoublePrevote : OffenceKind.DoublePrecommit,
            First.Validator);

        public override void Encode(BcsWriter writer)
        {
            writer.WriteLength(DoubleVoteVariant);
            First.Encode(writer);
            Second.Encode(writer);
        }

        protected internal override bool IsContradiction() =>
            First.Type == Second.Type
            && First.Height == Second.Height
            && First.Round == Second.Round
            && First.Validator == Second.Validator
            && (First.BlockHash ?? Hash32.Zero).CompareTo(Second.BlockHash ?? Hash32.Zero) < 0;

        protected override bool SignaturesHold(ChainId chainId, PublicKey key) =>
            First.SignatureHolds(chainId, key) && Second.SignatureHolds(chainId, key);
    }

    /// <summary>Two proposals, ordered by block hash, then by valid round, none first.</summary>
    public sealed record DoubleProposal(SignedProposal First, SignedProposal Second) : Evidence
    {
        public override Offence Offence =>
            new(First.Height, First.Round, OffenceKind.DoubleProposal, First.Proposer);

        public override void Encode(BcsWriter writer)
        {
            writer.WriteLength(DoubleProposalVariant);
            First.Encode(writer);
            Second.Encode(writer);
        }

        internal static int Compare(SignedProposal one, SignedProposal other) =>
            one.BlockHash.CompareTo(other.BlockHash) is not 0 and var order
                ? order
                : Nullable.Compare(one.ValidRound, other.ValidRound);

        protected internal override bool IsContradiction() =>
            First.Height == Second.Height
            && First.Round == Second.Round
            && First.Proposer == Second.Proposer
            && Compare(First, Second) < 0;

        protected override bool SignaturesHold(ChainId chainId, PublicKey key) =>
            First.SignatureHolds(chainId, key) && Second.SignatureHolds(chainId, key);
    }
}
