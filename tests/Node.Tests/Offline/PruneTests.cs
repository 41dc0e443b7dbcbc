using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Network.Joining;
using EnergyChain.Node.Offline;
using EnergyChain.Node.Storage;
using EnergyChain.Node.Tests.Network.Joining;
using EnergyChain.Node.Verification;
using EnergyChain.Simulation.Disk;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.Node.Tests.Offline;

/// <summary>
/// A chain of 330 blocks whose council changes at block 7, pruned: what stays starts, verifies and lets others join,
/// wherever the disk stops.
/// </summary>
[TestFixture]
internal sealed class PruneTests
{
    private const int Blocks = 330;
    private static OfflineChain s_chain = null!;

    private static ChainOptions Options => new()
    {
        CheckpointBlocks = 10,
        SegmentBytes = 4_096,
        LookupMemoryEntries = 64,
        ServesSnapshots = true,
        Background = static work =>
        {
            work();
            return Task.CompletedTask;
        },
    };

    [OneTimeSetUp]
    public static void Make() => s_chain = new OfflineChain(Blocks);

    [OneTimeTearDown]
    public static void Remove() => s_chain.Dispose();

    [Test]
    public async Task Pruned_node_starts_verifies_and_lets_others_join_from_the_genesis_on()
    {
        VirtualDisk disk = Loaded();
        PrunePlan plan = Prune(disk, "1");
        Assert.That(plan.First.Value, Is.GreaterThan(50), "the first segments hold a few blocks each");
        Assert.That(plan.First.Value, Is.LessThanOrEqualTo(320 - 256 + 1), "execution looks 256 blocks back");

        using DataDirectory directory = DataDirectory.Open(s_chain.Root, OfflineChain.Genesis.Hash, disk);
        using (LookedAtChain looked = LookedAtChain.Open(directory))
        {
            VerifyReport report = new VerifyJob(OfflineChain.Genesis, looked, new VerifyRequest()).Run(default);
            Assert.That(report.Fault, Is.Null);
            Assert.That(report.From, Is.EqualTo(plan.First));
            Assert.That(report.ExecutedFrom, Is.Not.Null);
            Assert.That(report.StateRoot, Is.EqualTo(s_chain.Head.StateRoot));
        }

        using Chain chain = Chain.Open(OfflineChain.Genesis, directory, Options, NullLogger.Instance);
        Assert.That(chain.FirstBlock, Is.EqualTo(plan.First));
        Assert.That(chain.FirstReceipts, Is.GreaterThan(new Height(1)));
        Assert.That(chain.Head.StateRoot, Is.EqualTo(s_chain.Head.StateRoot));
        Assert.That(chain.EarlierTerms, Has.Count.EqualTo(1), "terms.log proves the council of the first block");
        Assert.That(new TermLinks(chain).From(Height.Genesis)[0].Header.Height, Is.LessThan(plan.First));
        await JoinFrom(directory, chain);
    }

    [Test]
    public void Crash_at_every_disk_operation_leaves_a_node_that_starts_and_prunes_on()
    {
        VirtualDisk whole = Loaded();
        int before = whole.Operations;
        PrunePlan plan = Prune(whole, "1");
        int operations = whole.Operations - before;
        Assert.That(operations, Is.GreaterThan(20));
        for (int stop = 0; stop < operations; stop += 1)
        {
            VirtualDisk disk = Loaded();
            disk.StopAfter = disk.Operations + stop;
            Assert.That(() => Prune(disk, "1"), Throws.InstanceOf<IOException>().Or.InstanceOf<StorageException>());

            VirtualDisk after = disk.Crash(stop % 101);
            RequireHead(after.Crash(100), $"after operation {stop}");
            Assert.That(Prune(after, "1").First, Is.EqualTo(plan.First), $"after operation {stop}");
            RequireHead(after, $"pruned on after operation {stop}");
        }
    }

    [Test]
    public void Pruning_again_frees_nothing_more()
    {
        VirtualDisk disk = Loaded();
        PrunePlan first = Prune(disk, "1");
        Assert.That(first.Bytes, Is.GreaterThan(10_000));

        Assert.That(Prune(disk, "1").Bytes, Is.Zero);
    }

    [Test]
    public void Keeping_so_many_blocks_keeps_at_least_them()
    {
        PrunePlan plan = Prune(Loaded(), "300");

        Assert.That(plan.First.Value, Is.LessThanOrEqualTo(31).And.GreaterThan(1));
        Assert.That(Prune(Loaded(), "330").Bytes, Is.Zero);
        Assert.That(Prune(Loaded(), "1d").Bytes, Is.Zero, "330 blocks of a second are no day");
    }

    [TestCase("0")]
    [TestCase("-1")]
    [TestCase("0d")]
    [TestCase("")]
    [TestCase("d")]
    [TestCase("7w")]
    [TestCase("999999999999999999999")]
    public void Wrong_number_to_keep_is_refused(string text) => Assert.That(
        () => KeptBlocks.Parse(text), Throws.TypeOf<OperatorException>().With.Message.StartsWith("--keep is"));

    [Test]
    public void Without_a_sound_checkpoint_nothing_is_removed()
    {
        VirtualDisk disk = Loaded();
        foreach (string path in disk.Paths.Where(static path => path.EndsWith(".checkpoint", StringComparison.Ordinal)))
        {
            using IDiskFile file = disk.Open(path);
            file.Write(file.Length / 2, [1, 2, 3, 4]);
            file.Sync();
        }

        using DataDirectory directory = DataDirectory.Open(s_chain.Root, OfflineChain.Genesis.Hash, disk);
        using LookedAtChain chain = LookedAtChain.Open(directory);
        Assert.That(
            new Pruning(OfflineChain.Genesis, directory).Plan(chain, KeptBlocks.Parse("1"), out string reasons),
            Is.Null);
        Assert.That(reasons, Does.Contain("is damaged"));
    }

    [Test]
    public async Task Snapshot_file_begins_a_node_that_is_where_the_other_is()
    {
        byte[] file = Snapshot();
        VirtualDisk disk = new();
        using DataDirectory directory = DataDirectory.Open("/node", OfflineChain.Genesis.Hash, disk);

        Assert.That(await JoinAsync(directory, file), Is.Null);

        using Chain chain = Chain.Open(OfflineChain.Genesis, directory, Options, NullLogger.Instance);
        Assert.That(chain.Head.Height.Value, Is.EqualTo(321), "the block after the checkpoint proves it");
        for (Height height = chain.Head.Height.Next; height <= s_chain.Head.Height; height = height.Next)
        {
            Assert.That(chain.Commit(s_chain.BlockAt(height.Value)), Is.EqualTo(CommitOutcome.Committed));
        }

        Assert.That(chain.Head.StateRoot, Is.EqualTo(s_chain.Head.StateRoot));
    }

    [Test]
    public async Task Snapshot_file_whose_state_is_forged_begins_nothing()
    {
        using DataDirectory source = s_chain.Hold();
        using LookedAtChain looked = LookedAtChain.Open(source);
        ProvenCheckpoint proven = SnapshotExport.Newest(OfflineChain.Genesis, looked, out _)!;
        using OfflineChain richer = new(12);
        using DataDirectory other = richer.Hold();
        using LookedAtChain otherLooked = LookedAtChain.Open(other);
        ProvenCheckpoint forged = proven with
        {
            State = ProvenCheckpoint.Find(OfflineChain.Genesis, otherLooked, new Height(10), out _)!.State,
        };
        using DataDirectory directory = DataDirectory.Open("/node", OfflineChain.Genesis.Hash, new VirtualDisk());

        Assert.That(
            await JoinAsync(directory, Snapshot(looked, forged)), Does.Contain("is not of the certified state"));
        Assert.That(JoinInstaller.IsFresh(directory.Disk, directory.Blocks));
    }

    [Test]
    public void Snapshot_file_that_is_cut_or_damaged_is_refused()
    {
        byte[] file = Snapshot();
        foreach (int length in new[] { 0, 63, 64, 100, file.Length / 2, file.Length - 1 })
        {
            Assert.That(
                () => new SnapshotFilePeer(new MemoryStream(file[..length]), "s", OfflineChain.Genesis.Hash),
                Throws.TypeOf<StorageException>(),
                $"{length} bytes");
        }

        for (int place = 0; place < file.Length; place += 997)
        {
            byte[] flipped = [.. file];
            flipped[place] ^= 16;
            Assert.That(
                () => new SnapshotFilePeer(new MemoryStream(flipped), "s", OfflineChain.Genesis.Hash),
                Throws.TypeOf<StorageException>(),
                $"byte {place}");
        }
    }

    private static byte[] Snapshot()
    {
        using DataDirectory directory = s_chain.Hold();
        using LookedAtChain chain = LookedAtChain.Open(directory);
        return Snapshot(chain, SnapshotExport.Newest(OfflineChain.Genesis, chain, out _)!);
    }

    private static byte[] Snapshot(LookedAtChain chain, ProvenCheckpoint checkpoint)
    {
        using MemoryStream stream = new();
        SnapshotExport.Write(stream, OfflineChain.Genesis, chain, checkpoint, new WorkProgress(1), default);
        return stream.ToArray();
    }

    private static async Task<string?> JoinAsync(DataDirectory directory, byte[] file)
    {
        SnapshotFilePeer peer = new(new MemoryStream(file), "s", OfflineChain.Genesis.Hash);
        return await JoinAsync(directory, peer) ? null : peer.Accusation ?? "no reason";
    }

    private static Task<bool> JoinAsync(DataDirectory directory, ISnapshotPeer peer) => new SnapshotJoin(
        OfflineChain.Genesis,
        directory,
        () => [peer],
        new JoinOptions { MaxAttempts = 4, PatienceMs = 1_000, PauseMs = 1 },
        0,
        TimeProvider.System,
        NullLogger.Instance).RunAsync(CancellationToken.None);

    private static async Task JoinFrom(DataDirectory source, Chain pruned)
    {
        using DataDirectory directory = DataDirectory.Open("/joined", source.GenesisHash, new VirtualDisk());
        Assert.That(await JoinAsync(directory, new ServedPeer(1, pruned)));
        using Chain joined = Chain.Open(OfflineChain.Genesis, directory, Options, NullLogger.Instance);
        Assert.That(Bcs.Encode(joined.Head.Terms), Is.EqualTo(Bcs.Encode(pruned.Head.Terms)));
    }

    private static void RequireHead(VirtualDisk disk, string when)
    {
        using DataDirectory directory = DataDirectory.Open(s_chain.Root, OfflineChain.Genesis.Hash, disk);
        using Chain chain = Chain.Open(OfflineChain.Genesis, directory, Options, NullLogger.Instance);
        Assert.That(chain.Head.Hash, Is.EqualTo(s_chain.Head.Hash), when);
        Assert.That(chain.Head.StateRoot, Is.EqualTo(s_chain.Head.StateRoot), when);
    }

    private static PrunePlan Prune(VirtualDisk disk, string keep)
    {
        using DataDirectory directory = DataDirectory.Open(s_chain.Root, OfflineChain.Genesis.Hash, disk);
        Pruning pruning = new(OfflineChain.Genesis, directory);
        PrunePlan plan;
        using (LookedAtChain chain = LookedAtChain.Open(directory))
        {
            plan = pruning.Plan(chain, KeptBlocks.Parse(keep), out string reasons)
                ?? throw new InvalidOperationException(reasons);
        }

        if (plan.Bytes > 0)
        {
            pruning.Run(plan);
        }

        return plan;
    }

    private static VirtualDisk Loaded()
    {
        VirtualDisk disk = new();
        foreach (string path in Directory.GetFiles(s_chain.Root, "*", SearchOption.AllDirectories).Order())
        {
            if (Path.GetFileName(path) == "lock")
            {
                continue;
            }

            using IDiskFile file = disk.Open(path);
            file.Write(0, File.ReadAllBytes(path));
            file.Sync();
            disk.SyncDirectory(Path.GetDirectoryName(path)!);
        }

        return disk;
    }
}
