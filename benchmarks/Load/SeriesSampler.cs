using System.Diagnostics;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Benchmarks.Load;

/// <summary>Looks at the nodes of a long run now and then.</summary>
internal sealed class SeriesSampler(LoadNetwork network)
{
    private readonly List<SeriesPoint> _points = [];

    /// <summary>What it saw; to be read when it has ended.</summary>
    public IReadOnlyList<SeriesPoint> Points => _points;

    /// <summary>Looks until cancelled.</summary>
    public async Task RunAsync(TimeSpan every, CancellationToken stop)
    {
        long started = Stopwatch.GetTimestamp();
        using PeriodicTimer timer = new(every);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                Proto.NodeStatus[] all = await Task.WhenAll(network.Nodes.Select(
                    node => node.GetStatusAsync(CancellationToken.None)));
                _points.Add(new SeriesPoint(
                    Stopwatch.GetElapsedTime(started).TotalSeconds,
                    all[0].Height,
                    all[0].HeadTimeMs,
                    all.Max(status => (long)status.PoolTransactions),
                    network.Nodes.Max(node => node.Usage.ResidentBytes)));
            }
        }
        catch (OperationCanceledException)
        {
            // The measured time is over.
        }
    }
}
