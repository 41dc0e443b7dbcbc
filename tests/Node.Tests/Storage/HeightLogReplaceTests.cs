using EnergyChain.Core.Primitives;
using EnergyChain.Node.Storage;
using EnergyChain.Simulation.Disk;
using EnergyChain.Simulation.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.Node.Tests.Storage;

[TestFixture]
internal sealed class HeightLogReplaceTests
{
    private const string Folder = "/log";
    private const int Count = 20;
    private static readonly Hash32 Chain = new([.. Enumerable.Repeat((byte)7, 32)]);
    private static readonly HeightLogOptions Small = new(FileKind.Blocks, 400, IsRebuildable: false);

    [TestCase(new[] { 1 })]
    [TestCase(new[] { 7, 8, 15 })]
    [TestCase(new[] { Count })]
    [TestCase(new[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20 })]
    public void Replaced_records_are_read_at_once_and_after_reopening_and_the_log_goes_on(int[] heights)
    {
        VirtualDisk disk = Written();
        using (HeightLog log = Open(disk))
        {
            log.Replace(New(heights));

            AssertHolds(log, Count, heights, "before reopening");
            log.Append(new Height(Count + 1), Old(Count + 1));
        }

        using HeightLog again = Open(disk.Crash());

        AssertHolds(again, Count + 1, heights, "after reopening");
        Assert.That(disk.Files(Folder), Has.None.Contains(".new").And.None.Contains(".old"));
    }

    [Test]
    public void Power_cut_at_any_operation_leaves_old_or_new_records_and_never_the_old_bytes_once_the_new_are_there(
        [Range(0, 5)] int seed)
    {
        int[] heights = [3, 4, 18];
        int whole = OperationsOf(heights);
        for (int stop = 0; stop <= whole; stop++)
        {
            VirtualDisk disk = Written();
            HeightLog log = Open(disk);
            disk.StopAfter = disk.Operations + stop;
            bool replaced = TryReplace(log, heights);
            VirtualDisk after = disk.PowerCut(new SeededRandom((ulong)((seed * 1000) + stop)));

            using HeightLog again = Open(after);

            string when = $"stopped after {stop} of {whole}";
            Assert.That(replaced, Is.EqualTo(stop == whole), when);
            Assert.That(again.Last, Is.EqualTo(new Height(Count)), when);
            for (int height = 1; height <= Count; height++)
            {
                Assert.That(again.TryRead(new Height((ulong)height), out byte[] payload), $"{when}, height {height}");
                bool mayBeNew = heights.Contains(height);
                bool isNew = mayBeNew && payload.SequenceEqual(Other(height));
                Assert.That(isNew || payload.SequenceEqual(Old(height)), $"{when}, height {height}");
                Assert.That(isNew || !replaced || !mayBeNew, $"{when}, height {height}");
                Assert.That(!isNew || !Contains(after, Old(height)), $"{when}, height {height} is still on the disk");
            }
        }
    }

    [Test]
    public void Full_disk_changes_nothing_and_the_call_can_be_repeated()
    {
        VirtualDisk disk = Written();
        using HeightLog log = Open(disk);
        log.Append(new Height(Count + 1), Old(Count + 1));
        disk.Room = 100;

        Assert.That(() => log.Replace(New([3])), Throws.TypeOf<IOException>());

        AssertHolds(log, Count + 1, [], "with a full disk");
        Assert.That(disk.Files(Folder), Has.None.Contains(".new"));
        disk.Room = long.MaxValue;
        log.Append(new Height(Count + 2), Old(Count + 2));
        log.Replace(New([3]));
        AssertHolds(log, Count + 2, [3], "with room again");
    }

    [Test]
    public void Sync_that_fails_once_the_old_file_has_stepped_aside_ends_all_writing_and_not_the_reading()
    {
        VirtualDisk disk = Written();
        using HeightLog log = Open(disk);
        disk.FailsSync = () => disk.Files(Folder).Any(name => name.EndsWith(".log.old", StringComparison.Ordinal));

        Assert.That(() => log.Replace(New([3])), Throws.TypeOf<IOException>());

        disk.FailsSync = null;
        Assert.That(() => log.Append(new Height(Count + 1), Old(Count + 1)), Throws.TypeOf<IOException>());
        Assert.That(() => log.Replace(New([3])), Throws.TypeOf<IOException>());
        Assert.That(log.TryRead(new Height(3), out _));
        using HeightLog again = Open(disk.Kill());
        AssertHolds(again, Count, [3], "opened again");
        Assert.That(Contains(disk, Old(3)), Is.False);
    }

    [Test]
    public void Readers_see_the_old_or_the_new_record_while_it_is_replaced_over_and_over()
    {
        string folder = Directory.CreateTempSubdirectory("energychain-replace-").FullName;
        try
        {
            using HeightLog log = HeightLog.Open(new PhysicalDisk(), folder, Chain, Small, NullLogger.Instance);
            Fill(log);
            using CancellationTokenSource done = new();
            Task<int> reader = Task.Run(() =>
            {
                int reads = 0;
                for (; !done.IsCancellationRequested || reads == 0; reads++)
                {
                    Assert.That(log.TryRead(new Height(3), out byte[] payload));
                    Assert.That(payload, Is.EqualTo(Old(3)).Or.EqualTo(Other(3)));
                }

                return reads;
            });
            for (int i = 0; i < 20; i++)
            {
                log.Replace(new Dictionary<ulong, byte[]> { [3] = i % 2 == 0 ? Other(3) : Old(3) });
                log.Append(new Height((ulong)(Count + 1 + i)), Old(Count + 1 + i));
            }

            done.Cancel();
            Assert.That(reader.GetAwaiter().GetResult(), Is.Positive);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public void Damaged_index_of_the_segment_costs_none_of_the_records_that_stay()
    {
        VirtualDisk disk = Written();
        using (IDiskFile index = disk.Open("/log/00000000000000000001.idx"))
        {
            for (int entry = 0; entry < 4; entry++)
            {
                index.Write(FileHeader.Size + (entry * sizeof(long)), [(byte)(FileHeader.Size + 4)]);
            }
        }

        using (HeightLog log = Open(disk))
        {
            log.Replace(New([3]));
        }

        using HeightLog again = Open(disk.Kill());
        AssertHolds(again, Count, [3], "opened again");
    }

    [Test]
    public void Log_that_is_closed_while_a_segment_is_written_anew_loses_no_record()
    {
        VirtualDisk disk = Written();
        HeightLog log = Open(disk);
        int writes = 0;
        disk.BeforeOperation = operation =>
        {
            bool isCopy = operation.Path.EndsWith(".log.new", StringComparison.Ordinal);
            if (isCopy && operation.Kind == DiskOperationKind.Write && ++writes == 3)
            {
                log.Dispose();
            }
        };

        Assert.That(() => log.Replace(New([1])), Throws.TypeOf<IOException>());

        disk.BeforeOperation = null;
        Assert.That(() => log.Replace(New([1])), Throws.TypeOf<IOException>());
        using HeightLog again = Open(disk.Kill());
        AssertHolds(again, Count, [], "opened again");
    }

    [Test]
    public void Record_that_the_disk_refuses_to_read_is_absent_until_it_is_replaced_and_never_written_off()
    {
        VirtualDisk disk = Written();
        using HeightLog log = Open(disk);
        byte[] sector = Old(3);
        disk.OnRead = bytes =>
        {
            if (bytes.IndexOf(sector) >= 0)
            {
                throw new IOException("The sector cannot be read.");
            }
        };

        Assert.That(log.TryRead(new Height(3), out _), Is.False);
        Assert.That(log.Damage.Heights, Is.EqualTo([new Height(3)]));
        Assert.That(log.TryRead(new Height(4), out _));
        Assert.That(() => log.Replace(New([4])), Throws.TypeOf<IOException>());
        using (HeightLog other = Open(disk.Kill()))
        {
            AssertHolds(other, Count, [], "where it can be read after all");
        }

        log.Replace(New([3, 4]));
        Assert.That(log.Damage.Heights, Is.Empty);
        AssertHolds(log, Count, [3, 4], "replaced");
    }

    [Test]
    public void Damaged_last_record_before_an_empty_segment_is_a_torn_tail()
    {
        VirtualDisk disk = Written();
        using (HeightLog log = Open(disk))
        {
            log.Replace(New([Count]));
        }

        string[] segments =
            [.. disk.Files(Folder).Where(static name => name.EndsWith(".log", StringComparison.Ordinal))];
        Assert.That(segments[^1], Does.Contain($"{Count + 1}"), "nothing is behind the last record");
        using (IDiskFile file = disk.Open(Path.Combine(Folder, segments[^2])))
        {
            file.Write(file.Length - 3, [0xFF]);
        }

        using (HeightLog cut = Open(disk))
        {
            AssertHolds(cut, Count - 1, [], "cut");
            Assert.That(cut.Damage.Heights, Is.Empty, "nobody could prove what a peer gives in its place");
            cut.Append(new Height(Count), Old(Count));
        }

        using HeightLog again = Open(disk.Crash());
        AssertHolds(again, Count, [], "opened again");
    }

    private static byte[] Old(int height) => [.. Enumerable.Repeat((byte)height, 40 + height)];

    private static byte[] Other(int height) => [.. Enumerable.Repeat((byte)(100 + height), 7 + height)];

    private static Dictionary<ulong, byte[]> New(IEnumerable<int> heights) =>
        heights.ToDictionary(static height => (ulong)height, Other);

    private static HeightLog Open(VirtualDisk disk) =>
        HeightLog.Open(disk, Folder, Chain, Small, NullLogger.Instance);

    private static VirtualDisk Written()
    {
        VirtualDisk disk = new();
        using HeightLog log = Open(disk);
        Fill(log);
        return disk;
    }

    private static void Fill(HeightLog log)
    {
        for (int height = 1; height <= Count; height++)
        {
            log.Append(new Height((ulong)height), Old(height));
        }
    }

    private static int OperationsOf(int[] heights)
    {
        VirtualDisk disk = Written();
        using HeightLog log = Open(disk);
        int before = disk.Operations;
        log.Replace(New(heights));
        return disk.Operations - before;
    }

    private static bool TryReplace(HeightLog log, int[] heights)
    {
        try
        {
            log.Replace(New(heights));
            return true;
        }
        catch (IOException)
        {
            return false; // The power is gone.
        }
    }

    private static void AssertHolds(HeightLog log, int last, int[] replaced, string when)
    {
        Assert.That(log.Last, Is.EqualTo(new Height((ulong)last)), when);
        for (int height = 1; height <= last; height++)
        {
            Assert.That(log.TryRead(new Height((ulong)height), out byte[] payload), $"{when}, height {height}");
            byte[] expected = replaced.Contains(height) ? Other(height) : Old(height);
            Assert.That(payload, Is.EqualTo(expected), $"{when}, height {height}");
        }
    }

    /// <summary>Whether bytes are anywhere on the disk, in files that lost their names too.</summary>
    private static bool Contains(VirtualDisk disk, byte[] sought) =>
        disk.Contents.Any(content => content.AsSpan().IndexOf(sought) >= 0);
}
