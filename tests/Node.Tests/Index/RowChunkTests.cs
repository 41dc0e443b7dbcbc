using CsCheck;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Index;
using EnergyChain.Node.Index.Parts;

namespace EnergyChain.Node.Tests.Index;

public sealed class RowChunkTests
{
    private static readonly Gen<Hash32> Word =
        Gen.Select(Gen.Byte.Array[32], Gen.Int[0, 32], static (bytes, zeros) =>
        {
            bytes.AsSpan(0, zeros).Clear();
            return new Hash32(bytes);
        });

    private static readonly Gen<Address> Account = Gen.Byte.Array[20].Select(static bytes => new Address(bytes));

    private static readonly Gen<TransactionRow> Transaction = Gen.Select(
        Word,
        Account,
        Account,
        Word,
        Gen.ULong,
        Gen.UInt,
        Gen.Int[0, 15],
        static (id, sender, other, value, gas, selector, flags) => new TransactionRow(
            0,
            0,
            id,
            sender,
            (flags & 1) == 0 ? null : other,
            UInt256.FromBigEndian(value.ToArray()),
            gas,
            (flags & 2) == 0 ? null : sender,
            (flags & 8) == 0,
            gas,
            (flags & 4) == 0 ? null : selector));

    private static readonly Gen<LogEntry> Log = Gen.Select(
        Account, Word.Array[0, 4], Gen.Byte.Array[0, 300], static (at, topics, data) => new LogEntry(at, topics, data));

    [Test]
    public void Transactions_read_back_as_they_were_written() => Transaction.Array[1, 300].Sample(rows =>
    {
        RowTable table = new();
        TransactionRow[] placed =
            [.. rows.Select((row, i) => row with { Position = 5 + ((ulong)i * 65_536), TimeMs = 9 })];
        foreach (TransactionRow row in placed)
        {
            table.Add(row);
        }

        TransactionRow[] read =
            [.. table.Chunks().SelectMany(chunk => RowChunk.Places(IndexRows.Transactions, chunk.Bytes, chunk.Place)
                .Select(at => RowChunk.Transaction(chunk.Bytes, chunk.Place, at.Position)!))];
        Assert.That(read, Is.EqualTo(placed));
    });

    [Test]
    public void Events_read_back_as_they_were_written() => Log.Array[1, 60].Sample(logs =>
    {
        RowTable table = new();
        EventRow[] placed = [.. logs.Select((log, i) => new EventRow((ulong)i * 3, 7 + (ulong)i, log))];
        foreach (EventRow row in placed)
        {
            table.Add(row);
        }

        EventRow[] read =
            [.. table.Chunks().SelectMany(chunk => RowChunk.Places(IndexRows.Events, chunk.Bytes, chunk.Place)
                .Select(at => RowChunk.Event(chunk.Bytes, chunk.Place, at.Position)!))];
        Assert.That(read, Has.Length.EqualTo(placed.Length));
        for (int i = 0; i < read.Length; i++)
        {
            IndexScene.ShouldBe(read[i], placed[i]);
        }
    });

    [Test]
    public void A_chunk_with_a_wrong_bit_is_damage() => Gen.Select(Log, Gen.Int[0, 100_000]).Sample((log, bit) =>
    {
        RowTable table = new();
        table.Add(new EventRow(1, 2, log));
        (ChunkPlace place, byte[] bytes) = table.Chunks().Single();
        bytes[bit / 8 % bytes.Length] ^= (byte)(1 << (bit % 8));
        Assert.Throws<IndexDamageException>(() => RowChunk.Event(bytes, place, 1));
    });

    [Test]
    public void Postings_read_back_from_segments() => Gen
        .Select(Gen.Byte[1, 21], Gen.ULong[0, 40], Gen.ULong[0, 1UL << 62])
        .Array[1, 4_000].Sample(
        drawn =>
        {
            (IndexKey Key, ulong Position)[] postings =
            [
                .. drawn
                    .Select(item => (new IndexKey((IndexList)item.Item1, item.Item2), item.Item3))
                    .Distinct()
                    .Order(),
            ];
            List<byte[]> segments = [];
            SegmentWriter writer = new(bytes =>
            {
                segments.Add(bytes);
                return segments.Count;
            });
            foreach ((IndexKey key, ulong position) in postings)
            {
                writer.Add(key, position);
            }

            writer.Finish();
            Assert.That(segments.SelectMany(All), Is.EqualTo(postings));
            Assert.That(writer.Places.Select(place => (place.Key, place.Position)), Is.EqualTo(
                segments.Select(segment => All(segment)[0])));
        },
        iter: 50);

    [Test]
    public void A_run_of_positions_in_memory_reads_back() => Gen.ULong[0, 1UL << 40].Array[1, 200].Sample(drawn =>
    {
        PostingRun run = default;
        ulong[] positions = [.. drawn.Distinct().Order()];
        foreach (ulong position in positions)
        {
            run.Add(position);
            run.Add(position);
        }

        List<ulong> read = [];
        foreach (ulong position in run)
        {
            read.Add(position);
        }

        Assert.That(read, Is.EqualTo(positions));
    });

    [Test]
    public void The_highest_positions_of_a_run_are_those_of_a_list() => Gen.Select(
        Gen.ULong[0, 400].Array[1, 200], Gen.ULong[0, 400], Gen.ULong[0, 400], Gen.Int[1, 30])
        .Sample((drawn, from, to, limit) =>
        {
            PostingRun run = default;
            ulong[] positions = [.. drawn.Distinct().Order()];
            foreach (ulong position in positions)
            {
                run.Add(position);
            }

            ulong[] expected =
                [.. positions.Where(position => position >= from && position <= to).TakeLast(limit)];
            Assert.That(run.Highest(from, to, limit), Is.EqualTo(expected));
        });

    [TestCase("0000000001-0000008192-0.db", true)]
    [TestCase("0000000001-0000008192-0.db.new", false)]
    [TestCase("0000000009-0000000008-0.db", false)]
    [TestCase("1-2-0.db", false)]
    [TestCase("notes.txt", false)]
    public void Names_of_parts_are_read_strictly(string file, bool expected) =>
        Assert.That(PartName.TryParse(file, out _), Is.EqualTo(expected));

    private static List<(IndexKey Key, ulong Position)> All(byte[] segment)
    {
        List<(IndexKey Key, ulong Position)> all = [];
        Segment.ReadAll(segment, all);
        return all;
    }
}
