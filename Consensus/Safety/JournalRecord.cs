using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Consensus.Safety;

/// <summary>
/// What a validator must not forget across a crash: a closed set. Encoded as BCS with a variant in front.
/// </summary>
public abstract record JournalRecord : IBcsValue<JournalRecord>
{
    private const int LastVariant = 4;

    private JournalRecord()
    {
    }

    public abstract Height Height { get; }

    public static JournalRecord Decode(ref BcsReader reader) => reader.ReadLength(LastVariant) switch
    {
        0 => new OwnProposal(Proposal.Decode(ref reader)),
        1 => new OwnVote(Vote.Decode(ref reader)),
        2 => new Polka(Proposal.Decode(ref reader), Bcs.ReadList<Vote>(ref reader, Limits.MaxCouncilMembers)),
        3 => new Bodies(
            new Height(reader.ReadU64()),
            reader.ReadHash(),
            Bcs.ReadList<Transaction>(ref reader, Limits.MaxBlockTransactions)),
        _ => new RoundEnd(
            new Height(reader.ReadU64()), Bcs.ReadList<Vote>(ref reader, Limits.MaxCouncilMembers)),
    };

    public abstract void Encode(BcsWriter writer);

    /// <summary>A proposal that we signed.</summary>
    public sealed record OwnProposal(Proposal Proposal) : JournalRecord
    {
        public override Height Height => Proposal.Height;

        public override void Encode(BcsWriter writer)
        {
            writer.WriteLength(0);
            Proposal.Encode(writer);
        }
    }

    /// <summary>A vote that we signed.</summary>
    public sealed record OwnVote(Vote Vote) : JournalRecord
    {
        public override Height Height => Vote.Height;

        public override void Encode(BcsWriter writer)
        {
            writer.WriteLength(1);
            Vote.Encode(writer);
        }
    }

    /// <summary>
    /// More than two thirds prevoted the block in the proposal's round: our valid value from then on and, where we
    /// precommit it, the locked one. The votes are the proof that a later proposal of the block needs.
    /// </summary>
    public sealed record Polka(Proposal Proposal, IReadOnlyList<Vote> Prevotes) : JournalRecord
    {
        public override Height Height => Proposal.Height;

        public override void Encode(BcsWriter writer)
        {
            writer.WriteLength(2);
            Proposal.Encode(writer);
            writer.WriteList(Prevotes);
        }
    }

    /// <summary>
    /// The transactions of a block with a polka. Hosts write it in front of <see cref="Polka"/>: were every validator
    /// to lose power now, the value they are locked on must not be lost with their pools. The machine ignores it.
    /// </summary>
    public sealed record Bodies(
        Height BlockHeight, Hash32 BlockHash, IReadOnlyList<Transaction> Transactions) : JournalRecord
    {
        private const int Variant = 3;

        public override Height Height => BlockHeight;

        /// <summary>Whether an encoded record is one of bodies, of a height below; looks at its start alone.</summary>
        public static bool AreBelow(Height height, ReadOnlySpan<byte> record)
        {
            BcsReader reader = new(record);
            return reader.ReadLength(LastVariant) == Variant && reader.ReadU64() < height.Value && !reader.Failed;
        }

        public override void Encode(BcsWriter writer)
        {
            writer.WriteLength(Variant);
            writer.WriteU64(BlockHeight.Value);
            writer.WriteHash(BlockHash);
            writer.WriteList(Transactions);
        }
    }

    /// <summary>
    /// More than two thirds precommitted something in a round, one vote of each: why we went to the next. Written with
    /// our first message of that next round. Were all to lose power now and one never to come back, its precommit
    /// would be lost, and those left in the old round could not follow us.
    /// </summary>
    public sealed record RoundEnd(Height EndedHeight, IReadOnlyList<Vote> Precommits) : JournalRecord
    {
        public override Height Height => EndedHeight;

        public override void Encode(BcsWriter writer)
        {
            writer.WriteLength(4);
            writer.WriteU64(EndedHeight.Value);
            writer.WriteList(Precommits);
        }
    }
}
