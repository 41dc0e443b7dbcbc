using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using EnergyChain.Node.Consensus;

namespace EnergyChain.Benchmarks.Faults;

/// <summary>
/// What a phase's times are made of: the stages of consensus of all nodes, how late a timer of the thread pool comes,
/// what the process took of the processors and how long the collector stopped it.
/// </summary>
internal sealed class FloodStages : IDisposable
{
    private const int ProbeMs = 20;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, List<double>> _times = [];
    private readonly MeterListener _listener = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TimeSpan _processor = Environment.CpuUsage.TotalTime;
    private readonly TimeSpan _pauses = GC.GetTotalPauseDuration();
    private readonly long _started = Stopwatch.GetTimestamp();

    public FloodStages()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == ConsensusMetrics.MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(
            tags.Length > 0 ? $"{tags[0].Value}" : instrument.Name, value));
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
        {
            if (instrument.Name == "consensus.rounds_after_first")
            {
                Add("rounds after first", value);
            }
        });
        _listener.Start();
        _ = ProbeAsync();
    }

    public void Dispose()
    {
        _listener.Dispose();
        _stop.Cancel();
        _stop.Dispose();
    }

    /// <summary>A line for each stage: its name, how often, median, 99th percentile and longest in ms.</summary>
    public override string ToString()
    {
        lock (_lock)
        {
            double elapsed = Stopwatch.GetElapsedTime(_started).TotalSeconds;
            IEnumerable<string> lines = _times.Select(pair =>
            {
                double[] sorted = [.. pair.Value.Order()];
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {pair.Key,-28} {sorted.Length,6} p50 {sorted[sorted.Length / 2],8:F1} "
                    + $"p99 {sorted[(int)(sorted.Length * 0.99)],8:F1} max {sorted[^1],8:F1}");
            });
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{string.Join('\n', lines)}\n  processors {(Environment.CpuUsage.TotalTime - _processor).TotalSeconds
                    / elapsed:F2}, collector {(GC.GetTotalPauseDuration() - _pauses).TotalMilliseconds:F0} ms");
        }
    }

    private void Add(string name, double value)
    {
        lock (_lock)
        {
            if (!_times.TryGetValue(name, out List<double>? values))
            {
                values = [];
                _times.Add(name, values);
            }

            values.Add(value);
        }
    }

    private async Task ProbeAsync()
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                long before = Stopwatch.GetTimestamp();
                await Task.Delay(ProbeMs, _stop.Token).ConfigureAwait(false);
                Add("thread pool late", Stopwatch.GetElapsedTime(before).TotalMilliseconds - ProbeMs);
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or ObjectDisposedException)
        {
            // The phase is over.
        }
    }
}
