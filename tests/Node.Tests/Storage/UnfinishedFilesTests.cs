using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.State;
using EnergyChain.Node.Storage;
using EnergyChain.Node.Storage.Lookup;
using EnergyChain.Node.Storage.Snapshots;
using EnergyChain.Node.Tests.Execution;
using EnergyChain.Simulation.Disk;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.Node.Tests.Storage;

/// <summary>What a full disk cut short keeps no room until the next start.</summary>
[TestFixture]
internal sealed class UnfinishedFilesTests
{
    private const string Folder = "/state";
    private static readonly Genesis Genesis = GovernedChain.Genesis;
    private static readonly Height Height = new(5);

    [TestCase(0)]
    [TestCase(100)]
    [TestCase(1_000)]
    public void Checkpoint_that_finds_no_room_leaves_no_file(long room) => AssertLeavesNothing(room, disk =>
    {
        WorldState state = WorldState.FromGenesis(Genesis, hashSeed: 1);
        CheckpointHead head = new(
            Height, Hash32.Zero, state.Root, Hash32.Zero, default, new TermHistory(Genesis.Term));
        new Checkpoints(disk, Folder, Genesis.Hash, NullLogger.Instance).Write(head, state.Copy());
    });

    [TestCase(0)]
    [TestCase(100)]
    [TestCase(1_000)]
    public void Snapshot_that_finds_no_room_leaves_no_file(long room) => AssertLeavesNothing(room, disk =>
    {
        WorldState state = WorldState.FromGenesis(Genesis, hashSeed: 1);
        SnapshotStore.Open(disk, Folder, Genesis.Hash, NullLogger.Instance).Write(Height, state.Copy());
    });

    [TestCase(0)]
    [TestCase(5_000)]
    public void Lookup_run_that_finds_no_room_leaves_no_file(long room) => AssertLeavesNothing(room, disk =>
        LookupRun.Write(
            disk,
            Folder + "/1.run",
            Genesis.Hash,
            new LookupSpan(1, 1, 0, 1),
            [new LookupEntry(Genesis.Hash, Height, 0)]).Dispose());

    private static void AssertLeavesNothing(long room, Action<VirtualDisk> write)
    {
        VirtualDisk disk = new() { Room = room };
        Assert.That(() => write(disk), Throws.TypeOf<IOException>());
        Assert.That(disk.Files(Folder), Is.Empty);

        disk.Room = long.MaxValue;
        write(disk);
        Assert.That(disk.Files(Folder), Is.Not.Empty.And.None.EndsWith(".new"));
    }
}
