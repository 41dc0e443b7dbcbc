using EnergyChain.Core.Primitives;
using EnergyChain.Simulation.Checks;
using EnergyChain.Simulation.Faults;
using EnergyChain.Simulation.Nodes;
using EnergyChain.Simulation.Time;

namespace EnergyChain.Simulation;

/// <summary>
/// One seed from genesis to its end: faults until the height is reached, then, where asked for, recovery.
/// </summary>
public static class SimulationRun
{
    // A height under faults takes as long as it takes; what stands still for longer than this shows nothing new.
    private const int MostMsPerHeight = 6_000;
    private const int SlackMs = 30_000;

    /// <summary>Runs a seed. Equal arguments give equal results, on every machine and thread.</summary>
    public static SimulationResult Run(ulong seed, SimulationOptions options)
    {
        using World world = new(seed, options);
        Start(world);
        Height target = new((ulong)options.Heights);
        double limitMs = ((double)MostMsPerHeight * options.Heights) + SlackMs;
        Continue(world, limitMs, () => world.Oracle.Highest < target);
        CheckProgress(world, target);
        TransactionCheck.Run(world);
        double? recoveredInMs = options.Liveness && world.Violation is null ? LivenessPhase.Run(world, Continue) : null;
        return new SimulationResult
        {
            Seed = seed,
            Violation = world.Violation,
            Faults = world.Plan.ToString(),
            Height = world.Oracle.Highest.Value,
            HighestRound = world.Oracle.HighestRound.Value,
            TransactionsSent = world.Clients.Sent,
            TransactionsFinal = world.Clients.Final,
            RecoveredInMs = recoveredInMs,
            IntervalsMs = world.Oracle.Intervals(1),
            SlowestFinalityMs = world.Oracle.SlowestFinalityMs,
            VirtualMs = world.Timeline.NowMs,
            Events = world.Timeline.Count,
            TraceHash = world.Trace.Hash,
            LastEvents = world.Violation is null ? [] : world.Trace.Last(),
        };
    }

    private static void Start(World world)
    {
        foreach (SimNode node in world.Nodes)
        {
            node.Start();
        }

        world.Clients.Begin();
        world.Injector.Begin();
    }

    // Without faults nothing excuses a council that stands still.
    private static void CheckProgress(World world, Height target)
    {
        bool isCalm = world.Plan.Classes == FaultClass.None && world.Plan.Byzantine.Count == 0;
        if (isCalm && world.Oracle.Highest < target)
        {
            world.Fail(ViolationKind.Liveness, $"without any fault height {world.Oracle.Highest} is not left");
        }
    }

    private static void Continue(World world, double untilMs, Func<bool> isWanted)
    {
        long limit = Timeline.TicksOf(untilMs);
        while (world.Violation is null && isWanted() && world.Timeline.TryStep(limit))
        {
            if (world.Timeline.Count > SimulationBounds.Events)
            {
                world.Fail(ViolationKind.Memory, $"more than {SimulationBounds.Events} events: something never ends");
            }
        }
    }
}
