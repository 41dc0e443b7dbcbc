using System.Diagnostics;
using System.Runtime.InteropServices;

namespace EnergyChain.Benchmarks.Load;

/// <summary>The figures of a run from what it saw.</summary>
internal static class LoadFigures
{
    private const double LeastStretchSeconds = 5;

    public static LoadReport Report(
        LoadOptions options,
        LoadMeasurement measured,
        double limitBefore,
        double limitAfter,
        double? loadBefore,
        IReadOnlyList<string> violations)
    {
        BlockWindow window = new([.. measured.Blocks.Where(block =>
            block.Height >= measured.First.Height && block.Height <= measured.Last.Height)]);
        NodeReport[] nodes = [.. measured.Names.Select((_, place) => NodeOf(measured, place, window.Transactions))];
        TimeSpan generator = measured.Last.GeneratorCpu - measured.First.GeneratorCpu;
        return new LoadReport
        {
            Workload = options.Workload,
            Validators = options.Validators,
            Relays = options.Relays,
            Rate = options.Rate,
            MeasuredSeconds = window.Seconds,
            Blocks = window.Blocks.Count - 1,
            Tps = window.Rate,
            TpsMin5s = window.LeastRate(LeastStretchSeconds),
            VerificationLimit = (limitBefore + limitAfter) / 2,
            VerificationLimitBefore = limitBefore,
            VerificationLimitAfter = limitAfter,
            IntervalMs = Distribution.Of(window.Intervals),
            FinalityMs = Distribution.Of(Finality(measured)),
            CpuUsPerTransaction = nodes.Select(node => node.CpuUsPerTransaction).Aggregate((one, other) => one + other),
            GeneratorCpuUsPerTransaction = CpuCost.Of(generator, null, window.Transactions).Total,
            PeakRssBytes = measured.PeakRssBytes.Max(),
            BytesSentPerNode = nodes.Average(node => (double)node.BytesSent),
            Offered = measured.Feeder.Offered,
            Accepted = measured.Feeder.Accepted,
            Committed = measured.Lanes.Sum(lane => lane.Ids.LongCount(measured.Audit.Heights.ContainsKey)),
            Refused = measured.Feeder.Refusals.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(),
            Nodes = nodes,
            LoadAverageBefore = loadBefore,
            Cores = Environment.ProcessorCount,
            Runtime = RuntimeInformation.FrameworkDescription,
            Violations = violations,
        };
    }

    private static NodeReport NodeOf(LoadMeasurement measured, int place, long transactions)
    {
        NodeSample first = measured.First.Nodes[place];
        NodeSample last = measured.Last.Nodes[place];
        TimeSpan cpu = last.Usage.Cpu - first.Usage.Cpu;
        StageTimes? stages = first.Stages is { } before && last.Stages is { } after ? after - before : null;
        return new NodeReport
        {
            Name = measured.Names[place],
            CpuUsPerTransaction = CpuCost.Of(cpu, stages, transactions),
            CpuShare = cpu / Stopwatch.GetElapsedTime(measured.First.At, measured.Last.At),
            RssBytes = last.Usage.ResidentBytes,
            PeakRssBytes = measured.PeakRssBytes[place],
            BytesSent = last.LinkBytesSent - first.LinkBytesSent,
        };
    }

    // Of all that was offered in the measured time and is in a block, whenever that came.
    private static IEnumerable<double> Finality(LoadMeasurement measured)
    {
        for (int number = 0; number < measured.Lanes.Count; number++)
        {
            Lane lane = measured.Lanes[number];
            for (int index = 0; index < lane.Count; index++)
            {
                long offered = lane.OfferedAt[index];
                if (offered >= measured.First.At
                    && offered <= measured.Last.At
                    && measured.Audit.Heights.TryGetValue(lane.Ids[index], out ulong height)
                    && height <= (ulong)measured.Seen[number].Count)
                {
                    yield return Stopwatch.GetElapsedTime(offered, measured.Seen[number][(int)height - 1].SeenAt)
                        .TotalMilliseconds;
                }
            }
        }
    }
}
