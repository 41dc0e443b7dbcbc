using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Core.Proofs;
using EnergyChain.Ledger.State;
using EnergyChain.Ledger.Tree;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Network.Joining;
using EnergyChain.Node.Storage;
using EnergyChain.Node.Tests.Execution;
using EnergyChain.Node.Tests.Fakes;
using EnergyChain.Simulation.Disk;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.Node.Tests.Network.Joining;

/// <summary>Joining by a snapshot of a real chain, from all kinds of peers, over a disk that can lose power.</summary>
[TestFixture]
internal sealed class SnapshotJoinTests
{
    private const int Snapshot = 320;
    private static readonly List<CommittedBlock> Blocks = [];
    private static ChainFixture s_source = null!;

    [OneTimeSetUp]
    public static void Grow()
    {
        s_source = new ChainFixture(options: new ChainOptions
        {
            CheckpointBlocks = Snapshot,
            ServesSnapshots = true,
            Background = static work =>
            {
                work();
                return Task.CompletedTask;
            },
        });
        s_source.Open();
        ulong nonce = 0;
        for (int i = 0; i < Snapshot + 10; i++)
        {
            Transaction[] transactions = i is 0 or Snapshot + 2
                ? [ChainFixture.Call(nonce++), ChainFixture.Call(nonce++, ChainFixture.Counter, 0)]
                : [];
            CommittedBlock block = Certified(ChainFixture.Next(s_source.Chain.Head, transactions));
            Assert.That(s_source.Chain.Commit(block), Is.EqualTo(CommitOutcome.Committed));
            Blocks.Add(block);
        }
    }

    [OneTimeTearDown]
    public static void Stop() => s_source.Dispose();

    [Test]
    public async Task Node_joins_goes_on_with_blocks_and_starts_again()
    {
        using ChainFixture joined = new();
        Assert.That(await JoinAsync(joined.Root, joined.Disk, () => [Peer(1), Peer(2)]));

        Chain chain = joined.Open();
        Assert.That(chain.Head.Height, Is.EqualTo(new Height(Snapshot + 1)));
        Follow(chain);
        Assert.That(chain.Head.StateRoot, Is.EqualTo(s_source.Chain.Head.StateRoot));
        Assert.That(chain.FirstBlock, Is.EqualTo(JoinBlocks.FirstFor(new Height(Snapshot))));
        Assert.That(chain.FirstReceipts, Is.EqualTo(new Height(Snapshot + 1)));
        Assert.That(chain.TryGetBlock(chain.FirstBlock.Previous, out _), Is.False);
        Assert.That(chain.TryGetReceipts(chain.FirstReceipts.Previous, out _), Is.False);
        Assert.That(chain.TryFindTransaction(Blocks[Snapshot + 2].Block.Transactions[0].Id, out _));
        Assert.That(Directory.GetFiles(Path.Combine(joined.Root, "join"), "*", SearchOption.AllDirectories), Is.Empty);

        joined.Reopen();
        Assert.That(joined.Chain.Head.Hash, Is.EqualTo(s_source.Chain.Head.Hash));
        Assert.That(joined.Chain.FirstReceipts, Is.EqualTo(new Height(Snapshot + 1)));
    }

    [Test]
    public async Task Node_joins_over_links_before_it_starts()
    {
        await using SnapshotHost peer = await SnapshotHost.StartAsync(s_source.Chain);
        using ChainFixture joined = new();
        NodeOptions options = new()
        {
            BaseDirectory = joined.Root,
            DataDirectory = joined.Root,
            Peers = [peer.Address],
            LogLevel = "None",
        };
        await JoinPhase.RunAsync(options, ChainFixture.Genesis, TestKeys.Of(2), CancellationToken.None);

        Assert.That(joined.Open().Head.Hash, Is.EqualTo(Blocks[Snapshot].Block.Hash));
        joined.Close();
        await JoinPhase.RunAsync(options, ChainFixture.Genesis, TestKeys.Of(2), CancellationToken.None);
        Assert.That(joined.Open().Head.Hash, Is.EqualTo(Blocks[Snapshot].Block.Hash), "who has a chain keeps it");
    }

    [Test]
    public async Task Receipts_that_are_lost_after_joining_begin_anew()
    {
        using ChainFixture joined = new();
        await JoinAsync(joined.Root, joined.Disk, () => [Peer(1)]);
        Follow(joined.Open());
        joined.Close();
        Directory.Delete(Path.Combine(joined.Root, "receipts"), recursive: true);
        Directory.Delete(Path.Combine(joined.Root, "lookup"), recursive: true);

        Chain again = joined.Open();
        Assert.That(again.Head.Hash, Is.EqualTo(s_source.Chain.Head.Hash));
        Assert.That(again.TryGetReceipts(again.Head.Height, out _));
    }

    [Test]
    public async Task Checkpoint_that_is_lost_after_joining_is_one_sentence()
    {
        using ChainFixture joined = new();
        await JoinAsync(joined.Root, joined.Disk, () => [Peer(1)]);
        Directory.Delete(Path.Combine(joined.Root, "state"), recursive: true);
        Assert.That(
            () => joined.Open(), Throws.TypeOf<StorageException>().With.Message.Contains("joined by a snapshot"));
    }

    [TestCase("chunk altered")]
    [TestCase("chunk empty")]
    [TestCase("chunk garbage")]
    [TestCase("frontier altered")]
    [TestCase("frontier garbage")]
    [TestCase("blocks not certified")]
    [TestCase("blocks of a forged state")]
    public async Task Peer_that_lies_is_accused_at_once_and_does_no_harm(string lie)
    {
        ServedPeer liar = Liar(lie);
        ServedPeer honest = Peer(9);
        using ChainFixture joined = new();
        Assert.That(await JoinAsync(joined.Root, joined.Disk, () => liar.IsAlive ? [liar] : [liar, honest]));

        Assert.That(liar.Accusations, Has.Count.EqualTo(1));
        Assert.That(honest.Accusations, Is.Empty);
        Assert.That(joined.Open().Head.Hash, Is.EqualTo(Blocks[Snapshot].Block.Hash));
    }

    [TestCase("chunk altered")]
    [TestCase("frontier altered")]
    [TestCase("blocks of a forged state")]
    public async Task Liars_alone_make_nobody_join(string lie)
    {
        using ChainFixture joined = new();
        Assert.That(await JoinAsync(joined.Root, joined.Disk, Liars(lie), Brief), Is.False);
        Assert.That(joined.Open().Head.Height, Is.EqualTo(Height.Genesis));
    }

    [Test]
    public async Task Peer_that_vanishes_is_replaced()
    {
        ServedPeer vanishing = new(1, s_source.Chain) { VanishesAfter = 0 };
        using ChainFixture joined = new();
        Assert.That(await JoinAsync(joined.Root, joined.Disk, () => vanishing.IsAlive ? [vanishing] : [Peer(2)]));
        Assert.That(joined.Open().Head.Hash, Is.EqualTo(Blocks[Snapshot].Block.Hash));
    }

    [Test]
    public async Task No_snapshot_is_told_when_patience_ends()
    {
        using ChainFixture joined = new();
        Assert.That(await JoinAsync(joined.Root, joined.Disk, () => [], Brief), Is.False);
    }

    [TestCase(5UL, true)]
    [TestCase((ulong)Snapshot, true)]
    [TestCase(5UL, false)]
    [TestCase((ulong)Snapshot, false)]
    public async Task Chain_with_another_block_than_the_trusted_one_is_refused(ulong height, bool isOurs)
    {
        using ChainFixture joined = new();
        Hash32 hash = isOurs ? Blocks[(int)height - 1].Block.Hash : Blake2b.Hash([1]);
        JoinOptions options = new()
        {
            PatienceMs = isOurs ? 60_000 : Brief.PatienceMs,
            PauseMs = 1,
            TrustedHeight = height,
            TrustedHash = hash,
        };
        Task<bool> Join() => JoinAsync(joined.Root, joined.Disk, () => [Peer(1)], options);
        if (isOurs)
        {
            Assert.That(await Join());
        }
        else
        {
            Assert.That(Join, Throws.TypeOf<OperatorException>().With.Message.Contains("trustedHash"));
        }
    }

    // A frontier that folds to the root may be cut as nobody else cuts: then honest peers have no chunk of it, and to
    // take theirs for lies would cost the joiner all of them.
    [Test]
    public async Task Frontier_that_is_cut_otherwise_turns_nobody_into_a_liar()
    {
        byte[] cut = CutOnceMore();
        ServedPeer[] hostile = [.. Enumerable.Range(1, 2).Select(number => new ServedPeer(number, s_source.Chain)
        {
            Frontier = _ => cut,
            OnChunk = static _ => new PartAnswer(PartStatus.Busy, default),
        })];
        ServedPeer honest = Peer(9);
        using ChainFixture joined = new();
        JoinOptions options = new() { PatienceMs = 60_000, PauseMs = 1, StallMs = 50 };
        Assert.That(await JoinAsync(joined.Root, joined.Disk, () => [.. hostile, honest], options));
        Assert.That(honest.Accusations, Is.Empty);
        Assert.That(joined.Open().Head.Hash, Is.EqualTo(Blocks[Snapshot].Block.Hash));
    }

    [Test]
    public async Task Heights_that_are_made_up_are_not_tried_again_and_again()
    {
        ServedPeer boaster = new(0, s_source.Chain)
        {
            Heights = static _ => [new Height(ulong.MaxValue), new Height(ulong.MaxValue - 1), new Height(1_000_000)],
        };
        using ChainFixture joined = new();
        JoinOptions options = new() { PatienceMs = 60_000, PauseMs = 1, MaxFailures = 1, MaxAttempts = 4 };
        Assert.That(await JoinAsync(joined.Root, joined.Disk, () => [boaster, Peer(1)], options));
    }

    [Test]
    public async Task Disk_that_is_full_is_one_sentence_and_the_join_goes_on_when_it_is_not()
    {
        VirtualDisk disk = new() { Room = 60_000 };
        using ChainFixture joined = new();
        Assert.That(
            async () => await JoinAsync(joined.Root, disk, () => [Peer(1)]),
            Throws.TypeOf<StorageException>().With.Message.Contains("What was fetched stays"));
        disk.Room = long.MaxValue;
        Assert.That(await JoinAsync(joined.Root, disk, () => [Peer(1)]));
        using ChainFixture reopened = new(joined.Root, disk);
        Assert.That(reopened.Open().Head.Hash, Is.EqualTo(Blocks[Snapshot].Block.Hash));
    }

    [Test]
    public async Task Power_cut_at_any_operation_leaves_a_directory_that_joins_again([Values(0, 100)] int unsynced)
    {
        VirtualDisk whole = new();
        using ChainFixture scratch = new();
        Assert.That(await JoinAsync(scratch.Root, whole, () => [Peer(1)]));
        int step = Math.Max(1, whole.Operations / 40);
        for (int stop = 1; stop <= whole.Operations; stop += step)
        {
            using ChainFixture joined = new();
            VirtualDisk disk = new() { StopAfter = stop };
            try
            {
                await JoinAsync(joined.Root, disk, () => [Peer(1)]);
            }
            catch (Exception cut) when (cut is IOException or StorageException)
            {
                // The power is gone.
            }

            VirtualDisk after = disk.Crash(unsynced);
            string blocks = Path.Combine(joined.Root, "blocks");
            if (JoinInstaller.IsFresh(after, blocks))
            {
                Assert.That(await JoinAsync(joined.Root, after, () => [Peer(2)]), $"after a cut at {stop}");
            }

            using ChainFixture reopened = new(joined.Root, after);
            Assert.That(reopened.Open().Head.Hash, Is.EqualTo(Blocks[Snapshot].Block.Hash), $"after a cut at {stop}");
        }
    }

    private static JoinOptions Brief => new() { PatienceMs = 200, PauseMs = 1 };

    private static Func<IReadOnlyList<ISnapshotPeer>> Liars(string lie)
    {
        ServedPeer liar = Liar(lie);
        return () => [liar];
    }

    private static ServedPeer Peer(int number) => new(number, s_source.Chain);

    private static ServedPeer Liar(string lie) => new(0, s_source.Chain)
    {
        Chunk = bytes => lie switch
        {
            "chunk altered" => Flipped(bytes),
            "chunk empty" => [0],
            "chunk garbage" => [1, 2, 3],
            _ => bytes,
        },
        Frontier = bytes => lie switch
        {
            "frontier altered" => Flipped(bytes),
            "frontier garbage" => [9],
            _ => bytes,
        },
        Block = block => lie switch
        {
            "blocks not certified" => block with { Certificate = block.Certificate with { Round = new Round(7) } },
            "blocks of a forged state" when block.Block.Height.Value == Snapshot + 1 => Forged(block),
            _ => block,
        },
    };

    private static CommittedBlock Forged(CommittedBlock block)
    {
        ChainHead head = s_source.Chain.Head with
        {
            Height = block.Block.Height.Previous,
            Hash = block.Block.Header.ParentHash,
            Time = Blocks[Snapshot - 1].Block.Header.Time,
            StateRoot = Blake2b.Hash([2]),
            Certificate = block.Block.LastCertificate,
        };
        CommittedBlock forged = ChainFixture.Next(head);
        return forged with { Certificate = block.Certificate };
    }

    private static byte[] CutOnceMore()
    {
        Height height = s_source.Chain.Snapshots!.Heights[0];
        s_source.Chain.Snapshots.TryFrontier(height, out ReadOnlyMemory<byte> bytes);
        Hash32 hash = Blake2b.Hash(bytes.Span);
        s_source.Chain.Snapshots.TryChunk(height, hash, 0, out byte[] only);
        Assert.That(Bcs.TryDecode(only, out StateChunk? chunk, out _));
        TreeLeaf[] leaves = [.. chunk!.Entries.Select(static entry => StateChunk.LeafOf(entry)!.Value)];
        int split = Subtree.SplitAt(leaves, 0);
        Hash32 high = new([0x80, .. new byte[Hash32.Size - 1]]);
        StateFrontier finer = new(
        [
            new FrontierNode(1, Subtree.HashOf(leaves.AsSpan(0, split), Hash32.Zero, 1)!.Value),
            new FrontierNode(1, Subtree.HashOf(leaves.AsSpan(split), high, 1)!.Value),
        ]);
        Assert.That(Bcs.TryDecode(bytes.Span, out StateFrontier? honest, out _));
        Assert.That(finer.Root, Is.EqualTo(honest!.Root));
        return Bcs.Encode(finer);
    }

    private static byte[] Flipped(byte[] bytes)
    {
        byte[] flipped = [.. bytes];
        flipped[^1] ^= 1;
        return flipped;
    }

    private static CommittedBlock Certified(CommittedBlock block)
    {
        Hash32 hash = block.Block.Hash;
        byte[] signed = Vote.SignedBytes(VoteType.Precommit, block.Block.Height, default, hash);
        Signature signature = TestKeys.Of(1).Sign(SigningDomain.Vote, ChainFixture.Genesis.ChainId, signed);
        return block with
        {
            Certificate = new CommitCertificate(block.Block.Height, default, hash, [0], [signature]),
        };
    }

    private static void Follow(Chain chain)
    {
        foreach (CommittedBlock block in Blocks.Where(block => block.Block.Height > chain.Head.Height).ToArray())
        {
            Assert.That(chain.Commit(block), Is.EqualTo(CommitOutcome.Committed));
        }
    }

    private static async Task<bool> JoinAsync(
        string root, IDisk disk, Func<IReadOnlyList<ISnapshotPeer>> peers, JoinOptions? options = null)
    {
        using DataDirectory directory = DataDirectory.Open(root, ChainFixture.Genesis.Hash, disk);
        SnapshotJoin join = new(
            ChainFixture.Genesis,
            directory,
            peers,
            options ?? new JoinOptions { PatienceMs = 60_000, PauseMs = 1 },
            hashSeed: 0,
            TimeProvider.System,
            NullLogger.Instance);
        return await join.RunAsync(CancellationToken.None);
    }
}
