using EnergyChain.Core.Primitives;
using EnergyChain.Node.Storage;
using EnergyChain.Node.Tests.Fakes;
using EnergyChain.Simulation.Disk;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.Node.Tests.Storage;

[TestFixture]
internal sealed class HeightLogTests
{
    private const string Folder = "/log";
    private const string First = "/log/00000000000000000001.log";
    private static readonly Hash32 Chain = new([.. Enumerable.Repeat((byte)7, 32)]);
    private static readonly HeightLogOptions Blocks = new(FileKind.Blocks, 1 << 20, IsRebuildable: false);

    [Test]
    public void Truncation_at_every_byte_of_the_last_record_leaves_the_ones_before()
    {
        VirtualDisk whole = Written(3, Blocks);
        long length = LengthOf(whole, First);
        long lastStart = length - RecordBytes(3);
        for (long cut = lastStart; cut < length; cut++)
        {
            VirtualDisk disk = whole.Crash();
            Truncate(disk, First, cut);

            using HeightLog log = Open(disk, Blocks);

            Assert.That(log.Last, Is.EqualTo(new Height(2)), $"cut at {cut}");
            log.Append(new Height(3), Payload(3));
            Assert.That(log.TryRead(new Height(3), out byte[] payload));
            Assert.That(payload, Is.EqualTo(Payload(3)));
        }
    }

    [Test]
    public void Flipped_bit_anywhere_loses_one_record_at_most_and_its_height_and_byte_are_known()
    {
        VirtualDisk whole = Written(3, Blocks);
        long length = LengthOf(whole, First);
        long secondStart = FileHeader.Size + RecordBytes(1);
        long thirdStart = secondStart + RecordBytes(2);
        for (long position = 0; position < length; position++)
        {
            VirtualDisk disk = whole.Crash();
            Flip(disk, First, position);
            LogCapture lines = new();

            using HeightLog log = HeightLog.Open(disk, Folder, Chain, Blocks, lines);

            // A damaged header is written anew; a damaged last record is a torn tail, which is fetched anew.
            ulong lost = position < FileHeader.Size ? 0
                : position < secondStart ? 1UL
                : position < thirdStart ? 2UL
                : 3;
            long lostAt = lost switch { 1 => FileHeader.Size, 2 => secondStart, _ => thirdStart };
            string when = $"flip at {position}";
            Assert.That(log.Last, Is.EqualTo(new Height(lost == 3 ? 2UL : 3)), when);
            for (ulong height = 1; height <= 3; height++)
            {
                Assert.That(log.TryRead(new Height(height), out _), Is.EqualTo(height != lost), $"{when}: {height}");
            }

            Assert.That(
                lines.Lines.Count(line => line.Contains($"damaged at byte {lostAt}, height {lost};")),
                Is.EqualTo(lost is 1 or 2 ? 1 : 0),
                when);
        }
    }

    [Test]
    public void Damaged_records_are_replaced_and_others_stay_absent_until_they_are()
    {
        HeightLogOptions small = Blocks with { SegmentBytes = 300 };
        VirtualDisk disk = Written(20, small);
        string second = disk.Files(Folder).Where(name => name.EndsWith(".log", StringComparison.Ordinal)).ElementAt(1);
        ulong first = ulong.Parse(second[..20]);
        string path = Path.Combine(Folder, second);
        Flip(disk, path, FileHeader.Size + 5);
        Flip(disk, path, FileHeader.Size + RecordBytes((int)first) + 30);
        using HeightLog log = Open(disk, small);

        // Sealed segments are not read at start: reading is what shows it.
        Assert.That(log.TryRead(new Height(first + 1), out _), Is.False);
        Assert.That(log.Damage.Heights, Is.EqualTo([new Height(first), new Height(first + 1)]));
        log.Replace(new Dictionary<ulong, byte[]> { [first] = Payload((int)first) });

        Assert.That(log.Damage.Heights, Is.EqualTo([new Height(first + 1)]));
        using HeightLog again = Open(disk.Kill(), small);
        Assert.That(again.Damage.Heights, Is.EqualTo([new Height(first + 1)]), "known at once, from the index");
        again.Replace(new Dictionary<ulong, byte[]> { [first + 1] = Payload((int)first + 1) });
        for (int height = 1; height <= 20; height++)
        {
            Assert.That(again.TryRead(new Height((ulong)height), out byte[] payload), $"{height}");
            Assert.That(payload, Is.EqualTo(Payload(height)));
        }
    }

    [Test]
    public void Damaged_index_of_a_sealed_segment_is_made_anew()
    {
        HeightLogOptions small = Blocks with { SegmentBytes = 300 };
        VirtualDisk disk = Written(20, small);
        for (int entry = 0; entry < 4; entry++)
        {
            Flip(disk, "/log/00000000000000000001.idx", FileHeader.Size + (entry * sizeof(long)));
        }

        using HeightLog log = Open(disk, small);

        for (int height = 1; height <= 20; height++)
        {
            Assert.That(log.TryRead(new Height((ulong)height), out byte[] payload), $"{height}");
            Assert.That(payload, Is.EqualTo(Payload(height)));
        }

        Assert.That(log.Damage.Heights, Is.Empty);
    }

    [Test]
    public void Record_planted_in_the_payload_of_a_torn_one_is_not_taken_for_a_record()
    {
        VirtualDisk other = Written(3, Blocks);
        byte[] planted = new byte[LengthOf(other, First) - FileHeader.Size];
        using (IDiskFile file = other.Open(First))
        {
            file.Read(FileHeader.Size, planted);
        }

        VirtualDisk disk = new();
        using (HeightLog log = Open(disk, Blocks))
        {
            log.Append(new Height(1), planted);
        }

        Flip(disk, First, FileHeader.Size);
        using HeightLog again = Open(disk, Blocks);
        Assert.That(again.Last, Is.EqualTo(Height.Genesis), "a torn tail, whatever its bytes say");
    }

    [Test]
    public void Rebuildable_log_ends_at_the_damage()
    {
        HeightLogOptions receipts = new(FileKind.Receipts, 1 << 20, IsRebuildable: true);
        VirtualDisk disk = Written(3, receipts);
        Flip(disk, First, FileHeader.Size + RecordBytes(1) + 20);

        using HeightLog log = Open(disk, receipts);

        Assert.That(log.Last, Is.EqualTo(new Height(1)));
    }

    [Test]
    public void Records_over_many_segments_are_read_after_reopening_also_without_their_index_files()
    {
        HeightLogOptions small = Blocks with { SegmentBytes = 100 };
        VirtualDisk disk = Written(40, small);
        Assert.That(disk.Files(Folder), Has.Some.EndsWith("1.idx"));
        foreach (string name in disk.Files(Folder).Where(name => name.EndsWith("1.idx", StringComparison.Ordinal)))
        {
            disk.Delete(Path.Combine(Folder, name));
        }

        using HeightLog log = Open(disk, small);

        for (ulong height = 1; height <= 40; height++)
        {
            Assert.That(log.TryRead(new Height(height), out byte[] payload));
            Assert.That(payload, Is.EqualTo(Payload((int)height)));
        }

        Assert.That(log.TryRead(new Height(41), out _), Is.False);
    }

    [Test]
    public void Missing_segment_is_named_by_its_first_height()
    {
        HeightLogOptions small = Blocks with { SegmentBytes = 100 };
        VirtualDisk disk = Written(40, small);
        string second = disk.Files(Folder).Where(name => name.EndsWith(".log", StringComparison.Ordinal)).ElementAt(1);
        disk.Delete(Path.Combine(Folder, second));

        StorageException? failure = Assert.Throws<StorageException>(() => Open(disk, small).Dispose());

        Assert.That(failure!.Message, Does.Contain($"no segment for height {ulong.Parse(second[..20])}"));
    }

    [Test]
    public void Segment_whose_header_never_reached_the_disk_is_removed()
    {
        VirtualDisk disk = Written(2, Blocks);
        using (IDiskFile torn = disk.Open("/log/00000000000000000003.log"))
        {
            torn.Write(0, new byte[10]);
        }

        using HeightLog log = Open(disk, Blocks);

        Assert.That(log.Last, Is.EqualTo(new Height(2)));
        log.Append(new Height(3), Payload(3));
    }

    [Test]
    public void Segment_whose_header_and_first_record_are_gone_is_not_taken_for_one_that_was_just_begun()
    {
        VirtualDisk disk = Written(9, Blocks);
        long length = LengthOf(disk, First);
        using (IDiskFile file = disk.Open(First))
        {
            file.Write(0, new byte[FileHeader.Size + 20]);
        }

        StorageException? failure = Assert.Throws<StorageException>(() => Open(disk, Blocks).Dispose());

        Assert.That(failure!.Message, Does.Contain("damaged header, at height 1"));
        Assert.That(LengthOf(disk, First), Is.EqualTo(length), "the blocks behind the damage are still there");
    }

    [TestCase(4, "format version 4; this node reads 2 to 3: start a newer node")]
    [TestCase(1, "format version 1; this node reads 2 to 3: use another data directory")]
    public void Other_format_and_another_chain_are_refused_with_one_sentence(byte version, string sentence)
    {
        VirtualDisk other = Written(2, Blocks);

        Assert.That(
            () => HeightLog.Open(other, Folder, Hash32.Zero, Blocks, NullLogger.Instance),
            Throws.TypeOf<StorageException>().With.Message.Contains("belongs to the chain"));
        byte[] header = new FileHeader(FileKind.Blocks, Chain, 1).Encode();
        header[8] = version;
        BitConverter.GetBytes(Crc32C.Of(header.AsSpan(0, FileHeader.Size - 4))).CopyTo(header, FileHeader.Size - 4);
        using (IDiskFile file = other.Open(First))
        {
            file.Write(0, header);
        }

        Assert.That(
            () => Open(other, Blocks),
            Throws.TypeOf<StorageException>().With.Message.Contains(sentence));
    }

    [Test]
    public void Full_disk_fails_the_append_and_all_later_ones_and_loses_nothing_before()
    {
        VirtualDisk disk = Written(2, Blocks);
        HeightLog log = Open(disk, Blocks);
        disk.Room = 10;

        Assert.That(() => log.Append(new Height(3), Payload(3)), Throws.TypeOf<IOException>());
        disk.Room = long.MaxValue;
        Assert.That(() => log.Append(new Height(3), Payload(3)), Throws.TypeOf<IOException>());
        using HeightLog again = Open(disk, Blocks);
        Assert.That(again.Last, Is.EqualTo(new Height(2)));
    }

    [Test]
    public void Power_cut_at_any_operation_loses_no_record_whose_append_returned([Values(0, 50, 100)] int unsynced)
    {
        HeightLogOptions small = Blocks with { SegmentBytes = 150 };
        VirtualDisk complete = new();
        WriteUpTo(complete, 12, small);
        for (int stop = 0; stop <= complete.Operations; stop++)
        {
            VirtualDisk disk = new() { StopAfter = stop };
            int appended = WriteUpTo(disk, 12, small);

            using HeightLog log = Open(disk.Crash(unsynced), small);

            Assert.That(log.Last.Value, Is.InRange(appended, appended + 1), $"stopped after {stop}");
            for (int height = 1; height <= appended; height++)
            {
                Assert.That(log.TryRead(new Height((ulong)height), out byte[] payload));
                Assert.That(payload, Is.EqualTo(Payload(height)));
            }
        }
    }

    private static byte[] Payload(int height) => [.. Enumerable.Repeat((byte)height, 10 + height)];

    private static long RecordBytes(int height) => 16 + sizeof(ulong) + Payload(height).Length;

    private static HeightLog Open(VirtualDisk disk, HeightLogOptions options) =>
        HeightLog.Open(disk, Folder, Chain, options, NullLogger.Instance);

    private static VirtualDisk Written(int count, HeightLogOptions options)
    {
        VirtualDisk disk = new();
        using HeightLog log = Open(disk, options);
        for (int height = 1; height <= count; height++)
        {
            log.Append(new Height((ulong)height), Payload(height));
        }

        log.Sync();
        return disk;
    }

    private static int WriteUpTo(VirtualDisk disk, int count, HeightLogOptions options)
    {
        int appended = 0;
        try
        {
            using HeightLog log = Open(disk, options);
            for (int height = 1; height <= count; height++)
            {
                log.Append(new Height((ulong)height), Payload(height));
                appended++;
            }
        }
        catch (IOException)
        {
            // The power is gone.
        }

        return appended;
    }

    private static long LengthOf(VirtualDisk disk, string path)
    {
        using IDiskFile file = disk.Open(path);
        return file.Length;
    }

    private static void Truncate(VirtualDisk disk, string path, long length)
    {
        using IDiskFile file = disk.Open(path);
        file.Truncate(length);
    }

    private static void Flip(VirtualDisk disk, string path, long position)
    {
        using IDiskFile file = disk.Open(path);
        byte[] one = new byte[1];
        file.Read(position, one);
        one[0] ^= 4;
        file.Write(position, one);
    }
}
