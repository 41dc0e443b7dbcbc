using System.Collections.Concurrent;
using EnergyChain.CrashTests.Machine;
using EnergyChain.CrashTests.Plants;
using EnergyChain.Simulation.Disk;
using EnergyChain.Simulation.Time;

namespace EnergyChain.CrashTests.Points;

/// <summary>
/// One run by script. Before and after each operation of its disk, copies of the disk are taken as they would be found
/// had the process ended or the power failed there, and a node is started on each.
/// </summary>
internal sealed class PointsRun(ulong seed, Plant plant) : IDisposable
{
    // Each holds a copy of the disk.
    private const int StartsWaiting = 64;

    private readonly SortedDictionary<string, PointTally> _points = new(StringComparer.Ordinal);
    private readonly Promises _promises = new();
    private readonly Timeline _timeline = new();
    private readonly SeededRandom _random = new(seed);
    private readonly BlockingCollection<Action> _starts = new(StartsWaiting);
    private ulong _moment;
    private int _promisesThen = -1;

    /// <summary>Of so many moments one is crashed at; 1 for all.</summary>
    public ulong StartsEvery { get; init; } = 1;

    /// <summary>Moments that were crashed at, by operation and file.</summary>
    public IReadOnlyDictionary<string, PointTally> Points => _points;

    /// <summary>What did not hold, with the moment.</summary>
    public List<string> Broken { get; } = [];

    /// <summary>Runs the script; each of its lives begins with what the one before left.</summary>
    public void Run()
    {
        Task starts = Task.Run(() => Parallel.ForEach(
            Partitioner.Create(_starts.GetConsumingEnumerable(), EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            static start => start()));
        VirtualDisk disk = new();
        foreach (ScriptedLife life in ScriptedLife.All)
        {
            disk = Live(disk, life);
        }

        _starts.CompleteAdding();
        starts.GetAwaiter().GetResult();
    }

    public void Dispose() => _starts.Dispose();

    private VirtualDisk Live(VirtualDisk disk, ScriptedLife life)
    {
        bool isOver = false;
        LoneNode? node = null;
        disk.IgnoresSync = plant.IgnoresSync;
        disk.BeforeOperation = operation =>
        {
            // Nothing was promised since the last operation: the disk is as it was looked at then.
            if (_promises.Count != _promisesThen)
            {
                CrashAt(disk, operation, "before");
            }
        };
        disk.AfterOperation = operation =>
        {
            CrashAt(disk, operation, "after");
            isOver = node is not null && node.Chain.Head.Height.Value >= life.Until && life.EndsAt(operation);
            if (isOver)
            {
                throw new CrashException();
            }
        };
        try
        {
            if (life.Erases)
            {
                Erasure.Run(disk, _promises, _random);
            }

            node = new LoneNode(disk, _promises, _timeline, _random.Fork(), plant);
            node.Begin();
            node.RunTo(life.Until + ScriptedLife.SpareBlocks);
            node.Close();
        }
        catch (CrashException)
        {
            node?.Die();
        }

        return life.Loss is { } loss ? disk.PowerCut(_random, loss) : disk.Kill();
    }

    private void CrashAt(VirtualDisk disk, DiskOperation operation, string when)
    {
        _promisesThen = _promises.Count;
        string name = operation.Name(LoneNode.Root);
        Note(name, new PointTally(1, 0));
        ulong moment = ++_moment;
        if (moment % StartsEvery != 0)
        {
            return;
        }

        SeededRandom random = new(unchecked(seed ^ (moment * 0x9E37_79B9)));
        Promises promises = _promises.Copy();
        long now = _timeline.Now;
        Try("the power fails, nothing unsynced stays", disk.Copy().Crash());
        Try("the power fails, some of it stays", disk.Copy().PowerCut(random));
        Try("the process is killed", disk.Copy().Kill());

        void Try(string how, VirtualDisk left)
        {
            SeededRandom own = random.Fork();
            _starts.Add(() =>
            {
                if (StartOn(left, promises.Copy(), now, own) is { } broken)
                {
                    Note(name, new PointTally(0, 1));
                    lock (_points)
                    {
                        Broken.Add($"{when} {name} (moment {moment}, block {promises.Highest}), {how}: {broken}");
                    }
                }
            });
        }
    }

    private void Note(string name, PointTally tally)
    {
        lock (_points)
        {
            _points[name] = _points.GetValueOrDefault(name) + tally;
        }
    }

    // Started, looked at, one block on, and started once more with nothing but what is synced.
    private static string? StartOn(VirtualDisk disk, Promises promises, long now, SeededRandom random)
    {
        try
        {
            Timeline timeline = new();
            timeline.At(now, static () => { });
            timeline.TryStep(long.MaxValue);
            LoneNode node = new(disk, promises, timeline, random.Fork(), Plant.None);
            node.Audit.Run();
            node.Begin();
            node.RunTo(node.Chain.Head.Height.Value + 1);
            node.Die();
            new LoneNode(disk.Crash(), promises, timeline, random.Fork(), Plant.None).Audit.Run();
            return null;
        }
        catch (BrokenPromiseException broken)
        {
            return broken.Message;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return failure.ToString();
        }
    }
}
