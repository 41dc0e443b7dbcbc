using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Storage;
using EnergyChain.Node.Tests.Fakes;
using EnergyChain.Simulation.Disk;
using EnergyChain.Simulation.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.Node.Tests.Execution;

[TestFixture]
internal sealed class ChainRestartTests
{
    [TestCase(3, TestName = "Restart_from_the_log_alone_gives_the_same_chain")]
    [TestCase(5, TestName = "Restart_from_a_checkpoint_alone_gives_the_same_chain")]
    [TestCase(23, TestName = "Restart_from_checkpoint_and_log_over_many_segments_gives_the_same_chain")]
    public void Restart_gives_the_same_chain(int blocks)
    {
        using ChainFixture fixture = new();
        fixture.Open();
        List<CommittedBlock> written = fixture.Grow(blocks);
        ChainHead head = fixture.Chain.Head;

        fixture.Reopen();

        AssertSameChain(fixture.Chain, written, head);
        fixture.Grow(2);
    }

    [TestCase("state")]
    [TestCase("receipts")]
    [TestCase("lookup")]
    [Property("Incident", "besu#9040")]
    public void Lost_folder_of_what_can_be_computed_is_computed_again(string folder)
    {
        using ChainFixture fixture = new();
        fixture.Open();
        List<CommittedBlock> written = fixture.Grow(12);
        ChainHead head = fixture.Chain.Head;
        fixture.Close();
        Directory.Delete(Path.Combine(fixture.Root, folder), recursive: true);

        fixture.Open();

        AssertSameChain(fixture.Chain, written, head);
    }

    [TestCase("state", 1)]
    [TestCase("state", 2)]
    [TestCase("receipts", 1)]
    [TestCase("lookup", 1)]
    public void Damage_to_what_can_be_computed_is_passed_over(string folder, int files)
    {
        using ChainFixture fixture = new();
        fixture.Open();
        List<CommittedBlock> written = fixture.Grow(12);
        ChainHead head = fixture.Chain.Head;
        fixture.Close();
        string[] newest =
        [
            .. Directory.GetFiles(Path.Combine(fixture.Root, folder))
                .OrderDescending(StringComparer.Ordinal)
                .Take(files),
        ];
        Array.ForEach(newest, path => Flip(path, new FileInfo(path).Length / 2));

        fixture.Open();

        // A lookup page is only known to be damaged when it is read, and then its file is to be removed.
        AssertSameChain(fixture.Chain, folder == "lookup" ? [] : written, head);
    }

    [Test]
    public void Cut_tail_of_the_log_goes_back_to_an_earlier_head_and_takes_the_same_block_again()
    {
        using ChainFixture fixture = new();
        fixture.Open();
        List<CommittedBlock> written = fixture.Grow(5);
        ChainHead head = fixture.Chain.Head;
        fixture.Close();
        string last = Directory.GetFiles(Path.Combine(fixture.Root, "blocks"), "*.log").Order().Last();
        using (FileStream file = new(last, FileMode.Open))
        {
            file.SetLength(file.Length - 1);
        }

        fixture.Open();

        Assert.That(fixture.Chain.Head.Height, Is.EqualTo(new Height(4)));
        Assert.That(fixture.Chain.TryFindTransaction(written[4].Block.Transactions[0].Id, out _), Is.False);
        Assert.That(fixture.Chain.Commit(written[4]), Is.EqualTo(CommitOutcome.Committed));
        AssertSameChain(fixture.Chain, written, head);
    }

    [Test]
    public void Damaged_block_that_must_be_executed_again_is_named_and_the_chain_opens_when_it_is_replaced()
    {
        using ChainFixture fixture = new(options: new ChainOptions());
        fixture.Open();
        List<CommittedBlock> written = fixture.Grow(6);
        ChainHead head = fixture.Chain.Head;
        fixture.Close();
        string log = Directory.GetFiles(Path.Combine(fixture.Root, "blocks"), "*.log").Single();
        Flip(log, new FileInfo(log).Length / 2);

        DamagedBlockException? damage = Assert.Throws<DamagedBlockException>(() => fixture.Open());
        using (DataDirectory directory = DataDirectory.Open(fixture.Root, ChainFixture.Genesis.Hash))
        using (BlockLog blocks = BlockLog.Open(
            directory.Disk, directory.Blocks, directory.GenesisHash, NullLogger.Instance))
        {
            blocks.Replace([written[(int)damage!.Height.Value - 1]]);
        }

        fixture.Open();

        AssertSameChain(fixture.Chain, written, head);
    }

    [Test]
    public void Damaged_block_below_the_checkpoint_is_absent_until_it_is_replaced_by_the_same_one()
    {
        using ChainFixture fixture = new(options: new ChainOptions
        {
            CheckpointBlocks = 300,
            LookupMemoryEntries = 16,
            Background = Inline.Background,
        });
        fixture.Open();
        List<CommittedBlock> written = fixture.Grow(302);
        ChainHead head = fixture.Chain.Head;
        fixture.Close();
        string log = Directory.GetFiles(Path.Combine(fixture.Root, "blocks"), "*.log").Single();
        Flip(log, FileHeader.Size + 40);
        Chain chain = fixture.Open();

        Assert.That(chain.DamagedBlocks, Is.EqualTo([new Height(1)]));
        Assert.That(chain.TryGetBlock(new Height(1), out _), Is.False);
        CommittedBlock mixed = written[0] with { Certificate = written[1].Certificate };
        Assert.That(chain.TryReplace([mixed]), Is.False, "another block's certificate");
        CommittedBlock other = ChainFixture.Next(head with { Height = Height.Genesis });
        Assert.That(chain.TryReplace([other]), Is.False, "not the block that the one after it names");
        Assert.That(chain.TryReplace([written[0], written[1]]), Is.True);
        Assert.That(chain.DamagedBlocks, Is.Empty);
        fixture.Reopen();

        AssertSameChain(fixture.Chain, written, head);
        fixture.Grow(2);
    }

    [Test]
    public void Bit_flipped_anywhere_in_the_newest_checkpoint_falls_back_to_the_one_before([Range(1, 8)] int seed)
    {
        using ChainFixture fixture = new(options: Inline);
        fixture.Open();
        List<CommittedBlock> written = fixture.Grow(12);
        ChainHead head = fixture.Chain.Head;
        SeededRandom random = new((ulong)seed);
        for (int round = 0; round < 8; round++)
        {
            fixture.Close();
            string[] checkpoints =
                [.. Directory.GetFiles(Path.Combine(fixture.Root, "state")).Order(StringComparer.Ordinal)];
            byte[] sound = File.ReadAllBytes(checkpoints[^1]);
            Flip(checkpoints[^1], random.Below(sound.Length));
            LogCapture lines = new();

            fixture.Open(lines);

            AssertSameChain(fixture.Chain, written, head);
            Assert.That(lines.Lines, Has.Some.Contains("checkpoint of height 5 and 7 blocks executed again"));
            File.WriteAllBytes(checkpoints[^1], sound);
        }
    }

    [TestCase("blocks", "*.log")]
    [TestCase("state", "*.checkpoint")]
    [TestCase("receipts", "*.log")]
    [TestCase("lookup", "*.run")]
    public void File_of_a_newer_format_is_refused_with_one_sentence_and_nothing_is_changed(string folder, string files)
    {
        using ChainFixture fixture = new();
        fixture.Open();
        fixture.Grow(12);
        fixture.Close();
        string newest = Directory.GetFiles(Path.Combine(fixture.Root, folder), files).Order().Last();
        byte[] bytes = File.ReadAllBytes(newest);
        bytes[8] = (byte)FileHeader.CurrentVersion + 1;
        BitConverter.GetBytes(Crc32C.Of(bytes.AsSpan(0, FileHeader.Size - 4))).CopyTo(bytes, FileHeader.Size - 4);
        File.WriteAllBytes(newest, bytes);
        Dictionary<string, byte[]> before = Contents(fixture.Root);

        StorageException? refused = Assert.Throws<StorageException>(() => fixture.Open());

        Assert.That(refused!.Message, Does.Contain(newest).And.Contain("start a newer node"));
        Assert.That(Contents(fixture.Root), Is.EqualTo(before));
    }

    [Test]
    public void Disk_that_runs_full_at_any_byte_ends_commits_for_good_and_the_chain_goes_on_after_a_restart()
    {
        List<CommittedBlock> blocks = BlocksOf(12);
        for (long room = 0; room < 40_000; room += 701)
        {
            VirtualDisk disk = new() { Room = room };
            AssertFailsOnceAndGoesOn(blocks, disk, () => disk.Room = long.MaxValue, $"room for {room} bytes");
        }
    }

    [Test]
    public void Sync_that_fails_ends_commits_for_good_and_the_chain_goes_on_after_a_restart([Range(1, 40)] int which)
    {
        int syncs = 0;
        VirtualDisk disk = new();
        disk.FailsSync = () => ++syncs == which;
        AssertFailsOnceAndGoesOn(BlocksOf(12), disk, static () => { }, $"sync {which} fails");
    }

    [Test]
    public void Power_cut_while_catching_up_goes_back_to_a_sound_head([Values(0, 50, 100)] int unsynced)
    {
        List<CommittedBlock> blocks;
        ChainHead head;
        using (ChainFixture source = new())
        {
            source.Open();
            blocks = source.Grow(12);
            head = source.Chain.Head;
        }

        // The folder holds nothing but the lock; the files are on the virtual disk.
        using ChainFixture place = new();
        VirtualDisk whole = new();
        CatchUp(place.Root, whole, blocks);
        for (int stop = 0; stop <= whole.Operations; stop++)
        {
            VirtualDisk disk = new() { StopAfter = stop };
            int durable = CatchUp(place.Root, disk, blocks);
            using ChainFixture again = new(place.Root, disk.Crash(unsynced), Inline);
            Chain chain = again.Open();
            Assert.That(chain.Head.Height.Value, Is.GreaterThanOrEqualTo((ulong)durable), $"after a cut at {stop}");
            ((IChain)chain).CommitRange([.. blocks.Where(block => block.Block.Height > chain.Head.Height)]);
            AssertSameChain(chain, blocks, head);
        }
    }

    private static ChainOptions Inline => new()
    {
        CheckpointBlocks = 5,
        SegmentBytes = 4_096,
        LookupMemoryEntries = 16,
        Background = static work =>
        {
            work();
            return Task.CompletedTask;
        },
    };

    private static List<CommittedBlock> BlocksOf(int count)
    {
        using ChainFixture source = new();
        source.Open();
        return source.Grow(count);
    }

    // A block that the disk did not take is not acknowledged, nor is any after it, whatever the disk says later: who
    // reads the files again knows what they hold.
    private static void AssertFailsOnceAndGoesOn(
        List<CommittedBlock> blocks, VirtualDisk disk, Action mend, string when)
    {
        using ChainFixture place = new();
        ulong acknowledged = 0;
        using (ChainFixture failing = new(place.Root, disk, Inline))
        {
            try
            {
                Chain chain = failing.Open();
                CommitOutcome outcome = CommitOutcome.Committed;
                foreach (CommittedBlock block in blocks.TakeWhile(_ => outcome == CommitOutcome.Committed))
                {
                    outcome = chain.Commit(block);
                    acknowledged += outcome == CommitOutcome.Committed ? 1UL : 0;
                }

                mend();
                if (outcome != CommitOutcome.Committed)
                {
                    Assert.That(outcome, Is.EqualTo(CommitOutcome.StorageFailed), when);
                    int next = Math.Min((int)chain.Head.Height.Value, blocks.Count - 1);
                    Assert.That(chain.Commit(blocks[next]), Is.EqualTo(CommitOutcome.StorageFailed), when);
                }
            }
            catch (StorageException)
            {
                mend(); // Too full to begin with.
            }
        }

        using ChainFixture again = new(place.Root, disk.Crash(), Inline);
        Chain opened = again.Open();
        Assert.That(opened.Head.Height.Value, Is.InRange(acknowledged, acknowledged + 1), when);
        foreach (CommittedBlock block in blocks.Skip((int)opened.Head.Height.Value))
        {
            Assert.That(opened.Commit(block), Is.EqualTo(CommitOutcome.Committed), when);
        }
    }

    private static Dictionary<string, byte[]> Contents(string root) => Directory
        .GetFiles(root, "*", SearchOption.AllDirectories)
        .ToDictionary(static path => path, File.ReadAllBytes);

    // How many blocks were durable when the power went.
    private static int CatchUp(string root, VirtualDisk disk, List<CommittedBlock> blocks)
    {
        using ChainFixture fixture = new(root, disk, Inline);
        int durable = 0;
        try
        {
            IChain chain = fixture.Open();
            foreach (CommittedBlock[] range in blocks.Chunk(4))
            {
                if (chain.CommitRange(range) != CommitOutcome.Committed)
                {
                    break;
                }

                durable += range.Length;
            }
        }
        catch (Exception cut) when (cut is IOException or StorageException)
        {
            // The power is gone.
        }

        return durable;
    }

    internal static void AssertSameChain(Chain chain, IReadOnlyList<CommittedBlock> written, ChainHead head)
    {
        Assert.That(chain.Head.Hash, Is.EqualTo(head.Hash));
        Assert.That(chain.Head.StateRoot, Is.EqualTo(head.StateRoot));
        Assert.That(chain.Head.ReceiptsRoot, Is.EqualTo(head.ReceiptsRoot));
        Assert.That(chain.Head.GasUsed, Is.EqualTo(head.GasUsed));
        Assert.That(chain.Head.Certificate!.Hash, Is.EqualTo(head.Certificate!.Hash));
        Hash32 council = head.Council.Hash;
        Assert.That(chain.Head.Signers.Of(council), Is.EqualTo(head.Signers.Of(council)), "who proposes follows");
        foreach (CommittedBlock block in written)
        {
            Height height = block.Block.Height;
            Assert.That(chain.TryGetBlock(height, out CommittedBlock? stored));
            Assert.That(stored!.Block.Hash, Is.EqualTo(block.Block.Hash));
            Assert.That(chain.TryGetReceipts(height, out IReadOnlyList<Receipt>? receipts));
            Assert.That(receipts!, Has.Count.EqualTo(block.Block.Transactions.Count));
            Assert.That(chain.TryGetHeight(block.Block.Hash, out Height found));
            Assert.That(found, Is.EqualTo(height));
            Assert.That(chain.TryFindTransaction(block.Block.Transactions[1].Id, out TransactionLocation location));
            Assert.That(location, Is.EqualTo(new TransactionLocation(height, 1)));
        }
    }

    private static void Flip(string path, long offset)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[offset] ^= 1;
        File.WriteAllBytes(path, bytes);
    }
}
