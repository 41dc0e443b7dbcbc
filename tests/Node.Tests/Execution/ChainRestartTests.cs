using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Storage;
using EnergyChain.Simulation.Disk;

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
    public void Damage_in_the_middle_of_the_log_is_one_sentence_with_the_height()
    {
        using ChainFixture fixture = new(options: new ChainOptions());
        fixture.Open();
        fixture.Grow(6);
        fixture.Close();
        string log = Directory.GetFiles(Path.Combine(fixture.Root, "blocks"), "*.log").Single();
        Flip(log, new FileInfo(log).Length / 2);
        byte[] before = File.ReadAllBytes(log);

        StorageException? failure = Assert.Throws<StorageException>(() => fixture.Open());

        Assert.That(failure!.Message, Does.Match("is damaged at byte [0-9]+, height [34]"));
        Assert.That(File.ReadAllBytes(log), Is.EqualTo(before));
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
