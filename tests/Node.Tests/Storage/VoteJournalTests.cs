using EnergyChain.Core.Primitives;
using EnergyChain.Node.Storage;
using EnergyChain.Simulation.Disk;
using EnergyChain.Simulation.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.Node.Tests.Storage;

[TestFixture]
internal sealed class VoteJournalTests
{
    private const string Name = "/data/votes.log";

    [Test]
    public void Appended_records_are_there_after_a_power_cut()
    {
        VirtualDisk disk = new();
        using (VoteJournal journal = Open(disk))
        {
            journal.Append([new byte[] { 1 }, new byte[] { 2, 2 }]);
            journal.Append([new byte[] { 3 }]);
        }

        using VoteJournal again = Open(disk.Crash());

        Assert.That(again.ReadAll(), Is.EqualTo(new byte[][] { [1], [2, 2], [3] }));
    }

    [Test]
    public void Replacing_leaves_the_old_or_the_new_at_every_power_cut([Values(0, 100)] int unsynced)
    {
        byte[][] before = [[1], [2]];
        byte[][] after = [[2], [9]];
        VirtualDisk complete = Prepared(before);
        int start = complete.Operations;
        Replace(complete, after);
        for (int stop = start; stop <= complete.Operations; stop++)
        {
            VirtualDisk disk = Prepared(before);
            disk.StopAfter = stop;
            bool returned = Replace(disk, after);

            using VoteJournal journal = Open(disk.Crash(unsynced));

            byte[][] found = [.. journal.ReadAll()];
            byte[][][] allowed = returned ? [after] : [before, after];
            Assert.That(allowed, Has.Some.EqualTo(found), $"stopped after {stop}");
        }
    }

    [Test]
    public void Torn_tail_is_cut_and_damage_before_it_is_refused()
    {
        VirtualDisk disk = Prepared([[1, 1, 1], [2, 2, 2]]);
        using (IDiskFile file = disk.Open(Name))
        {
            file.Truncate(file.Length - 1);
        }

        using (VoteJournal journal = Open(disk))
        {
            Assert.That(journal.ReadAll(), Is.EqualTo(new byte[][] { [1, 1, 1] }));
            journal.Append([new byte[] { 4 }]);
        }

        using (IDiskFile file = disk.Open(Name))
        {
            file.Write(FileHeader.Size + 17, [0xFF]);
        }

        Assert.That(
            () => Open(disk), Throws.TypeOf<StorageException>().With.Message.Contains("may vote twice"));
    }

    [Test]
    public void Group_commit_that_a_power_cut_tears_is_there_whole_or_not_at_all([Range(1, 40)] int seed)
    {
        byte[][] group = [.. Enumerable.Range(1, 6).Select(number => Enumerable.Repeat((byte)number, 700).ToArray())];
        VirtualDisk disk = Prepared([[1]]);
        using (VoteJournal journal = Open(disk))
        {
            disk.FailsSync = () => throw new CrashException();
            Assert.That(
                () => journal.Append([.. group.Select(record => (ReadOnlyMemory<byte>)record)]),
                Throws.TypeOf<CrashException>());
        }

        using VoteJournal again = Open(disk.PowerCut(new SeededRandom((ulong)seed)));

        byte[][] found = [.. again.ReadAll()];
        byte[][][] allowed = [[[1]], [[1], .. group]];
        Assert.That(allowed, Has.Some.EqualTo(found));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Record_that_a_restart_has_read_survives_the_next_power_cut(bool syncFailed)
    {
        VirtualDisk disk = Prepared([[1]]);
        using (VoteJournal journal = Open(disk))
        {
            disk.FailsSync = () => syncFailed ? true : throw new CrashException();
            Assert.That(() => journal.Append([new byte[] { 2 }]), Throws.Exception);
        }

        VirtualDisk restarted = disk.Kill();
        using (VoteJournal journal = Open(restarted))
        {
            Assert.That(journal.ReadAll(), Is.EqualTo(new byte[][] { [1], [2] }));
            journal.Append([new byte[] { 3 }]);
        }

        using VoteJournal again = Open(restarted.Crash());

        Assert.That(again.ReadAll(), Is.EqualTo(new byte[][] { [1], [2], [3] }));
    }

    [Test]
    [Property("Incident", "high-availability swap")]
    public void Journal_that_is_absent_where_votes_may_have_been_cast_is_refused()
    {
        VirtualDisk disk = new();
        Assert.That(
            () => Open(disk, mayCreate: false),
            Throws.InstanceOf<StorageException>().With.Message.Contains("absent").And.Message.Contains("vote twice"));
        Assert.That(disk.Exists(Name), Is.False);
        Open(disk).Dispose();
        Assert.That(() => Open(disk, mayCreate: false).Dispose(), Throws.Nothing);
    }

    private static VoteJournal Open(VirtualDisk disk, bool mayCreate = true) =>
        VoteJournal.Open(disk, Name, Hash32.Zero, NullLogger.Instance, mayCreate);

    private static VirtualDisk Prepared(byte[][] records)
    {
        VirtualDisk disk = new();
        using VoteJournal journal = Open(disk);
        foreach (byte[] record in records)
        {
            journal.Append([record]);
        }

        return disk;
    }

    private static bool Replace(VirtualDisk disk, byte[][] records)
    {
        try
        {
            using VoteJournal journal = Open(disk);
            journal.ReplaceAll(records);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
