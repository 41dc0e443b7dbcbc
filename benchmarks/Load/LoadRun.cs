using System.Diagnostics;
using EnergyChain.Benchmarks.Evm;
using EnergyChain.Core.Chain;
using EnergyChain.Node.Setup;
using EnergyChain.Node.Site;

namespace EnergyChain.Benchmarks.Load;

/// <summary>
/// One run: signs, measures the machine's limit, starts the network, warms it up, measures, drains it, audits it, stops
/// it and measures the limit again.
/// </summary>
internal sealed class LoadRun(LoadOptions options, TextWriter progress)
{
    private const int SampleSize = 4_096;
    private const double Reserve = 1.25;
    private const int MarketSlotSeconds = 60;

    private static readonly TimeSpan DrainPatience = TimeSpan.FromSeconds(60);

    private readonly double? _loadBefore = Machine.LoadAverage();

    /// <summary>Throws <see cref="BenchmarkException"/> where it cannot come to a figure.</summary>
    public async Task<LoadReport> RunAsync(CancellationToken cancellationToken)
    {
        int lanes = options.Relays > 0 ? options.Relays : options.Validators;
        ChainParameters parameters = ParametersOf(options);
        ILoadWorkload workload = Workloads.Create(options, lanes, parameters);
        double before = VerificationLimit.Measure(SampleOf(workload)) / options.Validators;
        int count = (int)(Seconds * (options.Rate ?? before * Reserve)) + lanes;
        await progress.WriteLineAsync($"limit {before:N0}/s; signing {count:N0} transactions");
        Lane[] signed = [.. Enumerable.Range(0, lanes).Select(lane => Lane.Sign(workload, lane, (count / lanes) + 1))];
        GC.Collect();
        LoadMeasurement measured;
        int[] codes;
        await using (LoadNetwork network = new(options, GenesisOf(options, parameters, workload)))
        {
            await progress.WriteLineAsync($"network in {network.Folder}");
            await network.StartAsync(cancellationToken);
            measured = await MeasureAsync(network, signed, before, cancellationToken);
            codes = await Task.WhenAll(network.Nodes.Select(node => node.StopAsync()));
        }

        double after = VerificationLimit.Measure(SampleOf(workload)) / options.Validators;
        return LoadFigures.Report(options, measured, before, after, _loadBefore, Violations(measured, codes));
    }

    private int Seconds => options.WarmupSeconds + options.Seconds + 2;

    private static ChainParameters ParametersOf(LoadOptions options) => new()
    {
        ChainId = new Core.Primitives.ChainId(GenesisPlan.DevelopmentChainId),
        BlockIntervalMs = options.BlockIntervalMs,
    };

    private static Genesis GenesisOf(LoadOptions options, ChainParameters parameters, ILoadWorkload workload)
    {
        GenesisPlan plan = GenesisPlan.Development(options.Validators, MarketTiming.For(MarketSlotSeconds));
        return (plan with { Parameters = parameters, Funds = [.. plan.Funds, .. workload.Funds] }).Build();
    }

    private static Transaction[] SampleOf(ILoadWorkload workload) =>
        [.. Enumerable.Range(0, SampleSize).AsParallel().Select(index => workload.Sign(0, index))];

    private async Task<LoadMeasurement> MeasureAsync(
        LoadNetwork network, Lane[] lanes, double limit, CancellationToken cancellationToken)
    {
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        LoadFeeder feeder = new(lanes, network.Entries, new LoadPace(options.Rate, limit), options.Rate is not null);
        Task feeding = Task.Run(() => feeder.RunAsync(over.Token), CancellationToken.None);
        await Task.Delay(TimeSpan.FromSeconds(options.WarmupSeconds), cancellationToken);
        LoadSample first = await LoadSample.AtNextBlockAsync(network, cancellationToken);
        await progress.WriteLineAsync($"measured from block {first.Height} on");
        await Task.Delay(TimeSpan.FromSeconds(options.Seconds), cancellationToken);
        LoadSample last = await LoadSample.AtNextBlockAsync(network, cancellationToken);
        await over.CancelAsync();
        await feeding;
        ChainAudit audit = new(network);
        await DrainAsync(network, feeder, audit, cancellationToken);
        if (feeder.RanDry)
        {
            audit.Violated("the signed transactions did not suffice");
        }

        long[] peaks = [.. network.Nodes.Select(node => node.Usage.PeakResidentBytes)];
        await audit.RunAsync(lanes, cancellationToken);
        return new LoadMeasurement(
            first,
            last,
            network.Nodes[0].Trail.Blocks,
            [.. network.Entries.Select(entry => entry.Trail.Blocks)],
            [.. network.Nodes.Select(node => node.Name)],
            lanes,
            feeder,
            audit,
            peaks);
    }

    private async Task DrainAsync(
        LoadNetwork network, LoadFeeder feeder, ChainAudit audit, CancellationToken cancellationToken)
    {
        BlockTrail trail = network.Entries[0].Trail;
        long started = Stopwatch.GetTimestamp();
        while (trail.Committed < feeder.Accepted && Stopwatch.GetElapsedTime(started) < DrainPatience)
        {
            await trail.Next.WaitAsync(DrainPatience, cancellationToken);
        }

        if (trail.Committed < feeder.Accepted)
        {
            audit.Violated($"of {feeder.Accepted} accepted transactions {trail.Committed} were in blocks in time");
        }

        await progress.WriteLineAsync($"drained in {Stopwatch.GetElapsedTime(started).TotalSeconds:N1} s");
    }

    private static IReadOnlyList<string> Violations(LoadMeasurement measured, int[] codes) =>
    [
        .. measured.Audit.Violations,
        .. measured.Names.Zip(codes).Where(node => node.Second != 0).Select(node => $"{node.First} ended with {node.Second}"),
    ];
}
