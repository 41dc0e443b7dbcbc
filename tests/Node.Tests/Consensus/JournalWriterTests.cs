using EnergyChain.Consensus.Safety;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Consensus;
using EnergyChain.Node.Erasure;
using EnergyChain.Node.Tests.Fakes;

namespace EnergyChain.Node.Tests.Consensus;

public sealed class JournalWriterTests
{
    [Test]
    public void Records_between_two_flushes_share_one_group_commit()
    {
        MemoryJournal journal = new();
        JournalWriter writer = new(journal, ErasureBook.Empty);
        Transaction transfer = TestTransactions.Transfer(TestKeys.Alice, 0);
        writer.AddBodies(new Height(1), default, [transfer]);
        writer.AddBodies(new Height(1), default, [transfer]);
        writer.Add(Own(1));
        Assert.That(journal.ReadAll(), Is.Empty);
        writer.Flush();
        writer.Flush();
        Assert.That(journal.Commits, Is.EqualTo(1));
        Assert.That(writer.ReadAll().Select(record => record.GetType()), Is.EqualTo(
            new[] { typeof(JournalRecord.Bodies), typeof(JournalRecord.OwnVote) }));
    }

    [Test]
    public void Old_heights_are_dropped_once_much_was_written_and_the_last_own_message_stays()
    {
        MemoryJournal journal = new();
        JournalWriter writer = new(journal, ErasureBook.Empty);
        ulong height = 0;
        for (long bytes = 0; bytes < 9 * 1024 * 1024; height++)
        {
            Transaction large = Large(height);
            writer.AddBodies(new Height(height), large.Id, [large]);
            writer.Add(Own(height));
            writer.Flush();
            bytes += large.EncodedLength;
        }

        writer.StartHeight(new Height(height));
        Assert.That(writer.ReadAll(), Is.EqualTo(new[] { Own(height - 1) }));
    }

    [Test]
    public void Journal_that_grew_over_many_short_runs_is_compacted_too()
    {
        MemoryJournal journal = new();
        for (ulong run = 0; run < 90; run++)
        {
            JournalWriter writer = new(journal, ErasureBook.Empty);
            writer.ReadAll();
            writer.StartHeight(new Height(run));
            Transaction large = Large(run);
            writer.AddBodies(new Height(run), large.Id, [large]);
            writer.Flush();
        }

        Assert.That(journal.ReadAll().Sum(record => record.Length), Is.LessThan(1_000_000));
    }

    [Test]
    public void Record_of_another_format_stops_the_start()
    {
        MemoryJournal journal = new();
        journal.Append([new byte[] { 9, 9 }]);
        Assert.That(
            () => new JournalWriter(journal, ErasureBook.Empty).ReadAll(), Throws.InstanceOf<InvalidDataException>());
    }

    private static Transaction Large(ulong nonce) => new TransactionBody
    {
        ChainId = new ChainId(7),
        Nonce = nonce,
        GasLimit = new Gas(1),
        GasPrice = 1,
        Data = new byte[100_000],
        ValidUntil = new Height(1_000),
    }.Sign(TestKeys.Alice);

    private static JournalRecord.OwnVote Own(ulong height) =>
        new(new Vote(VoteType.Prevote, new Height(height), Round.Zero, null, 0, default));
}
