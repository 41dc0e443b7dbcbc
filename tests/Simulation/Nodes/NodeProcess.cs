using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Consensus;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Pool;
using EnergyChain.Node.Storage;
using EnergyChain.Simulation.Checks;

namespace EnergyChain.Simulation.Nodes;

/// <summary>What dies with a node's process: put together as the node's host does it, over a virtual disk.</summary>
internal sealed class NodeProcess
{
    private const string Root = "/node";

    private NodeProcess(SimNode node, World world)
    {
        DataDirectory directory = DataDirectory.Open(Root, world.Genesis.Hash, node.Disk);
        ChainOptions options = new()
        {
            CheckpointBlocks = SimulationBounds.CheckpointBlocks,
            SegmentBytes = SimulationBounds.SegmentBytes,
            LookupMemoryEntries = SimulationBounds.LookupEntries,
            Background = node.Later,
        };
        Chain = Chain.Open(world.Genesis, directory, options, node.Log);
        Pool = new TransactionPool(Chain, new PoolLimits(MaxTransactions: SimulationBounds.PoolTransactions));
        Chain.Observe(Pool);
        bool isNewChain = Chain.Head.Height == Height.Genesis;
        IVoteJournal file = VoteJournal.Open(
            node.Disk, directory.Votes, world.Genesis.Hash, node.Log, mayCreate: isNewChain);
        Journal = new WatchedJournal(world.Options.ForgetsVotes ? new ForgetfulJournal(file) : file, node.Signed);
        Driver = new ConsensusDriver(
            Chain, Pool, node.Port, Journal, node.Key, node.Clock, world.Metrics, node.Log, world.Options.Tuning);
        Sync = new SyncLinks(world, node, Chain, Pool);
    }

    public Chain Chain { get; }

    public TransactionPool Pool { get; }

    public WatchedJournal Journal { get; }

    public ConsensusDriver Driver { get; }

    public SyncLinks Sync { get; }

    /// <summary>Ids of what the pool admitted since the process began.</summary>
    public List<Hash32> Admitted { get; } = [];

    /// <summary>When this process has something to do by itself, from now on.</summary>
    public TimeSpan UntilNext
    {
        get
        {
            TimeSpan? consensus = Driver.Timers.UntilNext;
            TimeSpan sync = Sync.UntilNext;
            return consensus is { } one && one < sync ? one : sync;
        }
    }

    /// <summary>Opens everything. Whatever keeps a node from starting is thrown.</summary>
    public static NodeProcess Open(SimNode node, World world) => new(node, world);

    /// <summary>Does what is due.</summary>
    public void RunDue()
    {
        Driver.RunDueTimers();
        Sync.RunDue();
        Driver.RunDueTimers();
    }

    /// <summary>Finds a body as the node's network does for peers that ask.</summary>
    public Transaction? FindBody(Hash32 id)
    {
        if (!Pool.TryGet(id, out Transaction? transaction)
            && !Driver.TryGetBody(id, out transaction)
            && Chain.TryFindTransaction(id, out TransactionLocation location)
            && Chain.TryGetBlock(location.Height, out CommittedBlock? block))
        {
            transaction = block.Block.Transactions[location.Index];
        }

        return transaction;
    }
}
