using EnergyChain.Core.Primitives;
using EnergyChain.CrashTests.Plants;
using EnergyChain.Node.Consensus;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Pool;
using EnergyChain.Node.Storage;
using EnergyChain.Simulation;
using EnergyChain.Simulation.Disk;
using EnergyChain.Simulation.Nodes;
using EnergyChain.Simulation.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.CrashTests.Machine;

/// <summary>
/// One process of a validator that is alone, put together as the node's host does it, with bounds so small that
/// segments, checkpoints, snapshots, merges and compactions come within a few dozen blocks. It ends by an exception
/// from its disk, or by <see cref="Close"/>.
/// </summary>
internal sealed class LoneNode
{
    public const string Root = "/node";

    public const int SegmentBytes = 9 * 1024;

    private const int JournalBytes = 6 * 1024;
    private const int LatestBackgroundMs = 1_500;

    // Rounds of a council of one never fail: what takes longer than this stands still.
    private const double LongestBlockMs = 30_000;

    private static readonly MeterFactory Meters = new();
    private static readonly ConsensusMetrics Metrics = new(Meters);

    private readonly DataDirectory _directory;
    private readonly Timeline _timeline;
    private readonly SeededRandom _random;
    private readonly ConsensusDriver _driver;
    private readonly LoneLoad _load;
    private readonly PromiseWatch _watch;
    private readonly VoteJournal _file;
    private readonly List<Task> _background = [];
    private bool _isOver;

    /// <summary>Starts on a disk. Whatever keeps a node from starting is thrown.</summary>
    public LoneNode(VirtualDisk disk, Promises promises, Timeline timeline, SeededRandom random, Plant plant)
    {
        Disk = disk;
        _timeline = timeline;
        _random = random;
        _directory = DataDirectory.Open(Root, LoneGenesis.Value.Hash, disk);
        Chain = Chain.Open(LoneGenesis.Value, _directory, Options(), NullLogger.Instance);
        bool isNewChain = Chain.Head.Height == Height.Genesis;
        _file = VoteJournal.Open(
            disk, _directory.Votes, LoneGenesis.Value.Hash, NullLogger.Instance, mayCreate: isNewChain);
        _watch = new PromiseWatch(promises);
        Chain.Observe(_watch);
        TransactionPool pool = new(Chain, new PoolLimits(MaxTransactions: SimulationBounds.PoolTransactions));
        Chain.Observe(pool);
        _load = new LoneLoad(Chain, pool, random.Fork());
        Audit = new Audit(Chain, _file, _directory, promises);
        _driver = new ConsensusDriver(
            plant.Wrap(Chain, promises),
            pool,
            new PromisePort(promises),
            plant.Wrap(_file),
            SimKeys.Member(0),
            new NodeClock(timeline, DateTimeOffset.FromUnixTimeMilliseconds((long)SimGenesis.TimeMs)),
            Metrics,
            NullLogger.Instance,
            new ConsensusTuning { CompactAfterBytes = JournalBytes });
    }

    public VirtualDisk Disk { get; }

    public Chain Chain { get; }

    public Audit Audit { get; }

    /// <summary>Takes part in consensus. Before this it has said nothing.</summary>
    public void Begin()
    {
        _driver.Start();
        ThrowIfBroken();
    }

    /// <summary>Makes blocks up to a height; <see cref="BrokenPromiseException"/> where it stands still.</summary>
    public void RunTo(ulong height)
    {
        long limit = _timeline.Now + Timeline.TicksOf(LongestBlockMs);
        ulong head = Chain.Head.Height.Value;
        while (head < height)
        {
            Step();
            if (Chain.Head.Height.Value > head)
            {
                head = Chain.Head.Height.Value;
                limit = _timeline.Now + Timeline.TicksOf(LongestBlockMs);
            }
            else if (_timeline.Now > limit)
            {
                throw new BrokenPromiseException($"it stands still at {head}, and nobody else can help");
            }
        }
    }

    /// <summary>An orderly end: what runs beside the chain is finished and all files are closed.</summary>
    public void Close()
    {
        while (_background.Exists(static task => !task.IsCompleted))
        {
            _timeline.TryStep(long.MaxValue);
        }

        _isOver = true;
        _file.Dispose();
        Chain.Dispose();
        _directory.Dispose();
    }

    /// <summary>The process is gone: nothing of it happens any more.</summary>
    public void Die() => _isOver = true;

    private ChainOptions Options() => new()
    {
        CheckpointBlocks = 5,
        SegmentBytes = SegmentBytes,
        LookupMemoryEntries = 5,
        ServesSnapshots = true,
        Background = Later,
    };

    // As a thread beside the chain, whose work comes some blocks late.
    private Task Later(Action action)
    {
        TaskCompletionSource done = new();
        _background.RemoveAll(static task => task.IsCompleted);
        _background.Add(done.Task);
        _timeline.After(_random.Between(1, LatestBackgroundMs), () =>
        {
            if (!_isOver)
            {
                action();
                done.SetResult();
            }
        });
        return done.Task;
    }

    private void Step()
    {
        _load.Offer();
        TimeSpan wait = _driver.Timers.UntilNext ?? TimeSpan.FromSeconds(1);
        _timeline.At(_timeline.Now + wait.Ticks, static () => { });
        _timeline.TryStep(long.MaxValue);
        _driver.RunDueTimers();
        ThrowIfBroken();
    }

    private void ThrowIfBroken()
    {
        if (_watch.Broken is { } broken)
        {
            throw broken;
        }
    }
}
