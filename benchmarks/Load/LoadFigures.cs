using System.Diagnostics;
using System.Runtime.InteropServices;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Benchmarks.Load;

/// <summary>The figures of a run from what it saw.</summary>
internal sealed class LoadFigures(LoadOptions options, LoadMeasurement measured)
{
    private const double LeastStretchSeconds = 5;

    private readonly BlockWindow _window = measured.Main.WindowOf(measured.Seen[0]);

    public LoadReport Report(
        double limitBefore, double limitAfter, double? loadBefore, IReadOnlyList<string> violations)
    {
        (LoadSample first, LoadSample last, LoadFeeder feeder, _) = measured.Main;
        NodeReport[] nodes = [.. measured.Names.Select((_, place) => NodeOf(place))];
        return new LoadReport
        {
            Workload = options.Workload,
            Validators = options.Validators,
            Relays = options.Relays,
            BlockIntervalMs = options.BlockIntervalMs,
            Rate = options.Rate,
            MeasuredSeconds = _window.Seconds,
            Blocks = _window.Blocks.Count - 1,
            Tps = _window.Rate,
            TpsMin5s = _window.LeastRate(LeastStretchSeconds),
            VerificationLimit = (limitBefore + limitAfter) / 2,
            VerificationLimitBefore = limitBefore,
            VerificationLimitAfter = limitAfter,
            IntervalMs = Distribution.Of(_window.Intervals),
            FinalityMs = Distribution.Of(FinalityOf(measured.Main)),
            CpuUsPerTransaction = nodes.Select(node => node.CpuUsPerTransaction).Aggregate((one, other) => one + other),
            GeneratorCpuUsPerTransaction =
                CpuCost.Of(last.GeneratorCpu - first.GeneratorCpu, null, _window.Transactions).Total,
            PeakRssBytes = measured.PeakRssBytes.Max(),
            BytesSentPerNode = nodes.Average(node => (double)node.BytesSent),
            Offered = feeder.Offered + (measured.Overload?.Feeder.Offered ?? 0),
            Accepted = feeder.Accepted + (measured.Overload?.Feeder.Accepted ?? 0),
            Committed = measured.Lanes.Sum(lane => lane.Ids.LongCount(measured.Audit.Heights.ContainsKey)),
            Refused = Sorted(feeder.Refusals),
            Market = measured.Market,
            Series = measured.Main.Series,
            Overload = measured.Overload is { } beyond ? OverloadOf(beyond) : null,
            Nodes = nodes,
            LoadAverageBefore = loadBefore,
            Cores = Environment.ProcessorCount,
            Runtime = RuntimeInformation.FrameworkDescription,
            Violations = violations,
        };
    }

    private static Dictionary<string, long> Sorted(IReadOnlyDictionary<string, long> refusals) =>
        refusals.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary();

    private OverloadReport OverloadOf(LoadPhase phase)
    {
        BlockWindow window = phase.WindowOf(measured.Seen[0]);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(phase.First.At, phase.Last.At);
        NodeSpan[] nodes = [.. measured.Names.Select((_, place) => new NodeSpan(phase, place))];
        return new OverloadReport
        {
            Factor = options.Overload ?? 0,
            OfferedPerSecond = phase.OfferedPerSecond,
            Tps = window.Rate,
            TpsOverPeak = window.Rate / _window.Rate,
            IntervalMs = Distribution.Of(window.Intervals),
            FinalityMs = Distribution.Of(FinalityOf(phase)),
            NodeCores = nodes.Sum(node => node.Cpu / elapsed),
            GeneratorCores = (phase.Last.GeneratorCpu - phase.First.GeneratorCpu) / elapsed,
            CpuUsPerTransaction = nodes
                .Select(node => CpuCost.Of(node.Cpu, node.Stages, window.Transactions))
                .Aggregate((one, other) => one + other),
            Refused = Sorted(phase.Feeder.Refusals),
        };
    }

    private NodeReport NodeOf(int place)
    {
        NodeSpan span = new(measured.Main, place);
        return new NodeReport
        {
            Name = measured.Names[place],
            CpuUsPerTransaction = CpuCost.Of(span.Cpu, span.Stages, _window.Transactions),
            CpuShare = span.Cpu / Stopwatch.GetElapsedTime(measured.Main.First.At, measured.Main.Last.At),
            RssBytes = span.Last.Usage.ResidentBytes,
            PeakRssBytes = measured.PeakRssBytes[place],
            BytesSent = span.Last.LinkBytesSent - span.First.LinkBytesSent,
        };
    }

    // Of all that was offered in the measured time and is in a block, whenever that came. Until all before it by the
    // same sender was offered, and taken, no block can include a transaction, and its time does not run.
    private IEnumerable<double> FinalityOf(LoadPhase phase)
    {
        for (int number = 0; number < measured.Lanes.Count; number++)
        {
            Lane lane = measured.Lanes[number];
            Dictionary<Address, long> ready = [];
            for (int index = 0; index < lane.Count; index++)
            {
                long offered = Math.Max(lane.OfferedAt[index], ready.GetValueOrDefault(lane.Senders[index]));
                ready[lane.Senders[index]] = offered;
                if (offered >= phase.First.At
                    && offered <= phase.Last.At
                    && measured.Audit.Heights.TryGetValue(lane.Ids[index], out ulong height)
                    && height <= (ulong)measured.Seen[number].Count)
                {
                    yield return Stopwatch.GetElapsedTime(offered, measured.Seen[number][(int)height - 1].SeenAt)
                        .TotalMilliseconds;
                }
            }
        }
    }

    // What one node used from the beginning of a phase to its end.
    private readonly record struct NodeSpan(LoadPhase Phase, int Place)
    {
        public NodeSample First => Phase.First.Nodes[Place];

        public NodeSample Last => Phase.Last.Nodes[Place];

        public TimeSpan Cpu => Last.Usage.Cpu - First.Usage.Cpu;

        public StageTimes? Stages => First.Stages is { } before && Last.Stages is { } after ? after - before : null;
    }
}
