using EnergyChain.Consensus.Safety;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Consensus.Tests;

public sealed class JournalRecordTests
{
    private static readonly TestCouncil Council = new(4);

    public static IEnumerable<JournalRecord> Records()
    {
        Proposal proposal = Council.Proposal(Council.Value(3, 3, 1), 0);
        Vote vote = Council.Vote(VoteType.Prevote, 3, 0, proposal.BlockHash, 2);
        yield return new JournalRecord.OwnProposal(proposal);
        yield return new JournalRecord.OwnVote(vote);
        yield return new JournalRecord.Polka(proposal, [vote, vote with { Validator = 3 }]);
        yield return new JournalRecord.Bodies(new Height(3), proposal.BlockHash, []);
        yield return new JournalRecord.RoundEnd(new Height(3), [vote with { Type = VoteType.Precommit }]);
    }

    [TestCaseSource(nameof(Records))]
    public void Record_encoded_and_decoded_is_the_same(JournalRecord record)
    {
        byte[] bytes = Bcs.Encode(record);
        Assert.That(Bcs.TryDecode(bytes, out JournalRecord? decoded, out DecodeError error), $"{error}");
        Assert.That(decoded, Is.TypeOf(record.GetType()));
        Assert.That(decoded!.Height, Is.EqualTo(new Height(3)));
        Assert.That(Bcs.Encode(decoded), Is.EqualTo(bytes));
    }

    [TestCaseSource(nameof(Records))]
    public void Record_cut_anywhere_is_refused(JournalRecord record)
    {
        byte[] bytes = Bcs.Encode(record);
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.That(Bcs.TryDecode(bytes.AsSpan(0, length), out JournalRecord? _, out _), Is.False);
        }
    }

    [Test]
    public void Compaction_keeps_the_height_and_the_last_own_message()
    {
        JournalRecord[] records =
        [
            Own(1, 0), Own(2, 0), Own(2, 1), new JournalRecord.Bodies(new Height(2), default, []),
        ];
        Assert.That(JournalCompaction.Keep(records, new Height(3)), Is.EqualTo(new[] { records[2] }));
        Assert.That(JournalCompaction.Keep(records, new Height(2)), Is.EqualTo(records[1..]));
    }

    private static JournalRecord.OwnVote Own(ulong height, uint round) =>
        new(Council.Vote(VoteType.Precommit, height, round, null, 0));
}
