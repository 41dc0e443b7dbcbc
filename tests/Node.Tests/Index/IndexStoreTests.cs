using System.Text;
using CsCheck;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Index;
using EnergyChain.Node.Index.Parts;
using EnergyChain.Node.Storage;
using EnergyChain.Node.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.Node.Tests.Index;

public sealed class IndexStoreTests
{
    private string _directory = "";

    [SetUp]
    public void Prepare() => _directory = Directory.CreateTempSubdirectory("index").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(_directory, recursive: true);

    [Test]
    public void Index_answers_as_a_list_does_whatever_happens_to_it() => Gen.Int[0, 9].Array[1, 40].Sample(
        steps =>
        {
            string folder = Directory.CreateDirectory(Path.Combine(_directory, Path.GetRandomFileName())).FullName;
            ListSource source = new();
            using IndexScene scene = new(folder, source);
            int seed = 0;
            foreach (int step in steps)
            {
                switch (step)
                {
                    case 0:
                        scene.Crash();
                        break;
                    case 1:
                        scene.Merge();
                        break;
                    case 2:
                        scene.Store.SealAtStop();
                        break;
                    case 3:
                        source.Cut(new Height(source.Last.Value - (source.Last.Value / 4)));
                        scene.Crash();
                        break;
                    default:
                        source.Append((step * 1_000) + seed++, step);
                        break;
                }

                scene.Fill();
            }

            scene.ShouldHold(new Height(1));
        },
        iter: 25,
        threads: 1);

    [Test]
    public void A_kill_between_any_two_steps_costs_only_what_was_in_memory()
    {
        List<string> copies = [];
        string live = Directory.CreateDirectory(Path.Combine(_directory, "live")).FullName;
        SteppedDisk disk = new(() => copies.Add(CopyOf(live, copies.Count)));
        ListSource source = new();
        using (IndexScene scene = new(live, source, disk))
        {
            for (int i = 0; i < 20; i++)
            {
                source.Append(i, 3);
                scene.Fill();
                while (scene.Merge())
                {
                }
            }
        }

        Assert.That(copies, Has.Count.GreaterThan(30));
        foreach (string copy in copies)
        {
            using IndexScene scene = new(copy, source);
            ulong held = scene.Store.Last?.Value ?? 0;
            scene.Fill();
            scene.ShouldHold(new Height(1));
            Assert.That(held % 4, Is.Zero, "parts of four blocks are whole or not there");
            Assert.That(Directory.GetFiles(copy, "*.new"), Is.Empty);
        }
    }

    [Test]
    public void A_damaged_part_is_noticed_and_built_anew()
    {
        ListSource source = Source(16, 8);
        using (IndexScene scene = new(_directory, source))
        {
            scene.Fill();
        }

        byte[][] originals = [.. Directory.GetFiles(_directory).Order().Select(File.ReadAllBytes)];
        Random random = new(5);
        for (int round = 0; round < 5; round++)
        {
            string folder = Directory.CreateDirectory(Path.Combine(_directory, $"round{round}")).FullName;
            foreach ((string file, int i) in Directory.GetFiles(_directory).Order().Select((file, i) => (file, i)))
            {
                byte[] bytes = (byte[])originals[i].Clone();
                for (int k = 0; k < 200 && i == round % originals.Length; k++)
                {
                    bytes[random.Next(bytes.Length)] ^= 0x55;
                }

                File.WriteAllBytes(Path.Combine(folder, Path.GetFileName(file)), bytes);
            }

            LogCapture log = new();
            using IndexScene scene = new(folder, source, logger: log);
            Settle(scene);
            scene.ShouldHold(new Height(1));
        }
    }

    [TestCase(0)]
    [TestCase(5_000)]
    [TestCase(8_192)]
    public void A_part_that_was_cut_is_built_anew(int length)
    {
        ListSource source = Source(16, 8);
        using (IndexScene scene = new(_directory, source))
        {
            scene.Fill();
        }

        string second = Directory.GetFiles(_directory).Order().ElementAt(1);
        using (FileStream file = File.OpenWrite(second))
        {
            file.SetLength(length);
        }

        LogCapture log = new();
        using IndexScene again = new(_directory, source, logger: log);
        Settle(again);
        again.ShouldHold(new Height(1));
        Assert.That(log.Lines, Has.Some.Contains("is damaged"));
    }

    [Test]
    public void Only_the_parts_that_disagree_with_the_chain_are_built_anew()
    {
        ListSource source = Source(16, 2);
        using (IndexScene scene = new(_directory, source))
        {
            scene.Fill();
        }

        source.Cut(new Height(9));
        source.Append(777, 5);
        int before = source.Reads;
        using IndexScene again = new(_directory, source);
        Assert.That(again.Store.Last, Is.EqualTo(new Height(8)));
        again.Fill();
        again.ShouldHold(new Height(1));
        Assert.That(source.Reads - before, Is.EqualTo(2));
    }

    [Test]
    public void Index_of_another_chain_is_built_anew()
    {
        using (IndexScene scene = new(_directory, Source(8, 2)))
        {
            scene.Fill();
        }

        ListSource other = new();
        other.Append(99, 4);
        using IndexScene again = new(_directory, other);
        Assert.That(again.Store.Last, Is.Null);
        again.Fill();
        again.ShouldHold(new Height(1));
    }

    [Test]
    public void Memory_and_open_files_stay_within_their_limits()
    {
        IndexTuning tuning = IndexScene.Small with { PartBlocks = 1_000, Fanout = 4 };
        ListSource source = new();
        using IndexScene scene = new(_directory, source, tuning: tuning);
        long most = 0;
        for (int i = 0; i < 100; i++)
        {
            source.Append(i, 20);
            scene.Fill();
            most = Math.Max(most, scene.Store.View.OfType<MemoryPart>().Sum(part => part.Bytes));
        }

        // One block more than a part may take; a block of 20 transactions is far smaller than a part.
        Assert.That(most, Is.LessThan(tuning.PartBytes * 2));
        Assert.That(scene.Store.Files, Is.GreaterThan(4));
        scene.ShouldHold(new Height(1));
        Assert.That(scene.Store.OpenFiles, Is.LessThanOrEqualTo(tuning.MaxOpenParts));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Damage_in_a_chunk_of_rows_alone_is_found_by_whoever_walks_the_rows(bool ofEvents)
    {
        IndexRows table = ofEvents ? IndexRows.Events : IndexRows.Transactions;
        ListSource source = Source(16, 8);
        using (IndexScene scene = new(_directory, source))
        {
            scene.Fill();
            FilePart part = scene.Store.View.OfType<FilePart>().ElementAt(1);
            Assert.That(part.TryGetChunk(table, ulong.MaxValue, out _, out byte[] chunk), Is.True);
            byte[] file = File.ReadAllBytes(part.Path);
            file[file.AsSpan().IndexOf(chunk.AsSpan(0, 40)) + 20] ^= 1;
            File.WriteAllBytes(part.Path, file);
        }

        using IndexScene again = new(_directory, source);
        again.Fill();
        IndexReader reader = new(again.Store);
        Assert.Throws<IndexDamageException>(() => _ = reader.Down(table, IndexPosition.Last).Count());
        Assert.That(again.Store.HasHole, Is.True);
        again.Fill();
        again.ShouldHold(new Height(1));
    }

    [Test]
    public void A_request_that_began_before_a_part_was_lost_does_not_answer_with_a_hole()
    {
        ListSource source = Source(40, 3);
        using IndexScene scene = new(_directory, source);
        scene.Fill();
        IndexReader before = new(scene.Store);
        ulong[] sound = [.. before.Down(IndexRows.Transactions, IndexPosition.Last)];
        using IEnumerator<ulong> down = before.Down(IndexRows.Transactions, IndexPosition.Last).GetEnumerator();
        Assert.That(down.MoveNext(), Is.True);
        FilePart lost = scene.Store.View.OfType<FilePart>().ElementAt(1);
        scene.Store.Damaged(lost, new IndexDamageException("a test"));
        Assert.Throws<IndexDamageException>(() =>
        {
            while (down.MoveNext())
            {
            }
        });

        // One that begins at the hole, upwards, ends as well.
        IndexReader during = new(scene.Store);
        Assert.Throws<IndexDamageException>(() =>
            _ = during.Up(IndexKey.Of(IndexList.OfOrder, 1), sound[^1], static () => false).Count());
    }

    [Test]
    public void A_part_that_is_read_while_it_is_retired_does_not_take_its_successor_with_it()
    {
        ListSource source = Source(16, 3);
        using IndexScene scene = new(_directory, source);
        scene.Fill();
        FilePart lost = scene.Store.View.OfType<FilePart>().ElementAt(1);
        lost.Read((_, _) =>
        {
            scene.Store.Damaged(lost, new IndexDamageException("a test"));
            scene.Fill();
            return true;
        });

        Assert.That(File.Exists(lost.Path), Is.True);
        scene.ShouldHold(new Height(1));
    }

    [Test]
    public void A_part_of_another_chain_between_others_is_built_anew()
    {
        ListSource source = Source(16, 3);
        ListSource other = new();
        for (int i = 0; i < 8; i++)
        {
            other.Append(900 + i, 2);
        }

        string foreign = Directory.CreateDirectory(Path.Combine(_directory, "foreign")).FullName;
        using (IndexStore store = IndexStore.Open(
            new PhysicalDisk(), foreign, Blake2b.Hash("another chain"u8), IndexScene.Small, NullLogger.Instance))
        {
            new IndexFiller(store, other, IndexScene.Small, null).FillToEnd(static () => false, CancellationToken.None);
        }

        string here = Directory.CreateDirectory(Path.Combine(_directory, "here")).FullName;
        using (IndexScene scene = new(here, source))
        {
            scene.Fill();
        }

        string second = Directory.GetFiles(here).Order().ElementAt(1);
        File.Copy(Path.Combine(foreign, Path.GetFileName(second)), second, overwrite: true);
        using IndexScene again = new(here, source);
        Settle(again);
        again.ShouldHold(new Height(1));
    }

    [Test]
    public void A_transaction_with_more_events_than_have_positions_does_not_stop_the_index()
    {
        ListSource source = new();
        Transaction transaction = Api.TestKeys.Transfer(1, 2, 0);
        LogEntry log = new(Address.FromNumber(9), [], ReadOnlyMemory<byte>.Empty);
        LogEntry[] logs = [.. Enumerable.Repeat(log, IndexPosition.MaxLogs + 5)];
        source.Append(
            [transaction],
            [new Receipt(transaction.Id, true, new Gas(90_000_000), null, logs, ReadOnlyMemory<byte>.Empty)]);
        using IndexScene scene = new(_directory, source);
        scene.Fill();
        Assert.That(
            new IndexReader(scene.Store).Down(IndexRows.Events, IndexPosition.Last).Count(),
            Is.EqualTo(IndexPosition.MaxLogs));
    }

    [Test]
    public void What_is_older_than_the_retention_goes_and_cursors_stay_valid()
    {
        ListSource source = Source(40, 3);
        using IndexScene scene = new(_directory, source);
        scene.Fill();
        IndexKey key = source.Postings(new Height(1)).MaxBy(pair => pair.Value.Count).Key;
        IndexReader reader = new(scene.Store);
        ulong[] before = [.. reader.Down(key, IndexPosition.Last)];
        using IEnumerator<ulong> open = reader.Down(key, IndexPosition.Last).GetEnumerator();
        Assert.That(open.MoveNext(), Is.True);

        scene.Store.RemoveBefore(BareBlock.TimeOf(new Height(21)).UnixMs);
        Height first = scene.Store.First!.Value;
        Assert.That(first, Is.EqualTo(new Height(21)));
        while (scene.Merge())
        {
        }

        scene.ShouldHold(first);
        List<ulong> rest = [open.Current];
        while (open.MoveNext())
        {
            rest.Add(open.Current);
        }

        // What the request had read ahead it may still show; then it ends where the history does.
        Assert.That(before.Take(rest.Count), Is.EqualTo(rest));
    }

    [Test]
    public void History_that_begins_later_is_not_filled_from_before()
    {
        ListSource source = Source(20, 3);
        source.First = new Height(7);
        using IndexScene scene = new(_directory, source);
        scene.Fill();
        Assert.That(scene.Store.First, Is.EqualTo(new Height(7)));
        scene.ShouldHold(new Height(7));
    }

    [Test]
    public void What_lies_below_a_lost_part_goes_where_the_chain_has_it_no_more()
    {
        ListSource source = Source(20, 3);
        using IndexScene scene = new(_directory, source);
        scene.Fill();
        source.First = new Height(18);
        FilePart lost = scene.Store.View.OfType<FilePart>().ElementAt(1);
        scene.Store.Damaged(lost, new IndexDamageException("a test"));
        scene.Fill();
        Assert.That(scene.Store.First, Is.EqualTo(new Height(9)));
        scene.ShouldHold(new Height(9));
    }

    [Test]
    public void Positions_by_time_split_the_rows()
    {
        ListSource source = Source(20, 3);
        using IndexScene scene = new(_directory, source);
        scene.Fill();
        IndexReader reader = new(scene.Store);
        foreach (BlockRows rows in source.Rows(new Height(1)))
        {
            ulong position = reader.PositionAt(IndexRows.Transactions, rows.TimeMs);
            foreach (TransactionRow row in source.Rows(new Height(1)).SelectMany(block => block.Transactions))
            {
                Assert.That(row.Position < position, Is.EqualTo(row.TimeMs < rows.TimeMs));
            }
        }

        Assert.That(reader.PositionAt(IndexRows.Transactions, 5), Is.Zero);
    }

    [Test]
    public void No_file_of_the_index_holds_a_memo()
    {
        byte[] memo = Encoding.UTF8.GetBytes("my neighbour's name, which nobody else should read");
        ListSource source = new();
        for (ulong nonce = 0; nonce < 9; nonce++)
        {
            Transaction plain = Api.TestKeys.Transfer(1, 2, nonce);
            Transaction transaction = new(
                new TransactionBody
                {
                    ChainId = plain.Body.ChainId,
                    Nonce = nonce,
                    GasLimit = plain.Body.GasLimit,
                    GasPrice = plain.Body.GasPrice,
                    ValidUntil = plain.Body.ValidUntil,
                    MemoHash = Blake2b.Hash(memo),
                },
                plain.PublicKey,
                plain.Signature,
                memo: memo);
            source.Append([transaction], [Api.TestKeys.Done(transaction)]);
        }

        using IndexScene scene = new(_directory, source);
        scene.Fill();
        string[] files = Directory.GetFiles(_directory);
        Assert.That(files, Has.Length.GreaterThanOrEqualTo(2));
        Assert.That(files.Select(File.ReadAllBytes), Has.None.Matches<byte[]>(
            bytes => bytes.AsSpan().IndexOf(memo.AsSpan(3, 20)) >= 0));
    }

    [Test]
    public void A_head_whose_receipts_are_not_stored_yet_is_waited_for()
    {
        ListSource source = Source(5, 2);
        source.Unready = new Height(5);
        using IndexScene scene = new(_directory, source);
        scene.Fill();
        Assert.That(scene.Store.Last, Is.EqualTo(new Height(4)));
        source.Unready = null;
        scene.Fill();
        scene.ShouldHold(new Height(1));
    }

    [Test]
    public void A_block_that_the_chain_does_not_give_is_no_end_of_the_chain()
    {
        ListSource source = Source(5, 2);
        source.Unready = new Height(3);
        using IndexScene scene = new(_directory, source);
        Assert.Throws<IndexSourceException>(scene.Fill);
        Assert.That(scene.Store.Last, Is.EqualTo(new Height(2)));
    }

    private static ListSource Source(int blocks, int transactions)
    {
        ListSource source = new();
        for (int i = 0; i < blocks; i++)
        {
            source.Append(i, transactions);
        }

        return source;
    }

    // Reading everything finds what is damaged; the writer mends it, as it does between two blocks.
    private static void Settle(IndexScene scene)
    {
        for (bool isSound = false; !isSound;)
        {
            scene.Fill();
            try
            {
                IndexReader reader = new(scene.Store);
                foreach (IndexKey key in scene.Source.Postings(new Height(1)).Keys)
                {
                    _ = reader.Down(key, IndexPosition.Last).Count();
                }

                _ = reader.Down(IndexRows.Transactions, IndexPosition.Last).Count();
                _ = reader.Down(IndexRows.Events, IndexPosition.Last).Count();
                isSound = scene.Filler.Missing() is null;
            }
            catch (IndexDamageException)
            {
                // The part is out; next round.
            }
        }
    }

    private string CopyOf(string folder, int number)
    {
        string copy = Directory.CreateDirectory(Path.Combine(_directory, $"copy{number}")).FullName;
        foreach (string file in Directory.GetFiles(folder))
        {
            // Files that LiteDB has open for writing are only ever unfinished ones, which may be torn as well.
            using FileStream from = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using FileStream to = File.Create(Path.Combine(copy, Path.GetFileName(file)));
            from.CopyTo(to);
        }

        return copy;
    }
}
