using System.Diagnostics;
using EnergyChain.Benchmarks.Evm;
using EnergyChain.Benchmarks.Load.Market;
using EnergyChain.Benchmarks.Load.Workloads;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Setup;

namespace EnergyChain.Benchmarks.Load;

/// <summary>
/// One run: signs, measures the machine's limit, starts the network, warms it up, measures, drains it, audits it, stops
/// it and measures the limit again.
/// </summary>
internal sealed class LoadRun(LoadOptions options, TextWriter progress)
{
    private const int SampleSize = 4_096;
    private const double Reserve = 1.25;
    private const double LeastShareOfLimit = 0.15;
    private const int OverloadWarmupSeconds = 3;

    /// <summary>A stretch begins and ends with a block; on a busy machine that may come late.</summary>
    private const int BlockSeconds = 3;
    private const int LateSeconds = 15;
    private const int OverloadReserve = 20_000;
    private const double SigningSeconds = 0.00006;
    private const int StartSeconds = 10;

    private static readonly TimeSpan DrainPatience = TimeSpan.FromSeconds(60);

    private readonly double? _loadBefore = Machine.LoadAverage();
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly int _lanes = options.Relays > 0 ? options.Relays : options.Validators;
    private readonly ChainParameters _parameters = new()
    {
        ChainId = new ChainId(GenesisPlan.DevelopmentChainId),
        BlockIntervalMs = options.BlockIntervalMs,
    };

    /// <summary>Throws <see cref="BenchmarkException"/> where it cannot come to a figure.</summary>
    public async Task<LoadReport> RunAsync(CancellationToken cancellationToken)
    {
        WorkloadFactory factory = new(options, _lanes, _parameters);
        ulong now = (ulong)_time.GetUtcNow().ToUnixTimeMilliseconds();
        Transaction[] sample = SampleOf(factory.Create(now, 1).Workload);
        double before = VerificationLimit.Measure(sample) / options.Validators;
        int each = CountFor(before) / _lanes;
        await progress.WriteLineAsync($"limit {before:N0}/s; signing {each * _lanes:N0} transactions");
        double readySeconds = (each * _lanes * SigningSeconds) + StartSeconds + (options.Validators + options.Relays);
        (ILoadWorkload workload, TradeWorkload? trades) = factory.Create(
            now + (ulong)(readySeconds * 1_000), options.Rate ?? before * LeastShareOfLimit);
        Lane[] lanes = [.. Enumerable.Range(0, _lanes).Select(lane => Lane.Sign(workload, lane, each))];
        GC.Collect();
        LoadMeasurement measured;
        int[] codes;
        Genesis genesis = LoadGenesis.Of(options.Validators, _parameters, workload.Needs);
        await using (LoadNetwork network = new(options, genesis))
        {
            await progress.WriteLineAsync($"network in {network.Folder}");
            await network.StartAsync(cancellationToken);
            using MarketDriver? driver = trades is null ? null : new(network.Entries[0], trades, _parameters);
            await StartOfAsync(trades, cancellationToken);
            measured = await MeasureAsync(network, lanes, driver, before, cancellationToken);
            codes = await Task.WhenAll(network.Nodes.Select(node => node.StopAsync()));
        }

        double after = VerificationLimit.Measure(sample) / options.Validators;
        return new LoadFigures(options, measured).Report(before, after, _loadBefore, Violations(measured, codes));
    }

    private static Transaction[] SampleOf(ILoadWorkload workload) =>
        [.. Enumerable.Range(0, SampleSize).AsParallel().Select(index => workload.Sign(0, index))];

    private static IReadOnlyList<string> Violations(LoadMeasurement measured, int[] codes) =>
    [
        .. measured.Audit.Violations,
        .. measured.Names.Zip(codes)
            .Where(node => node.Second != 0)
            .Select(node => $"{node.First} ended with {node.Second}"),
    ];

    private int CountFor(double limit)
    {
        double seconds = options.WarmupSeconds + options.Seconds + (options.Rate is null ? BlockSeconds : LateSeconds);
        double count = seconds * (options.Rate ?? limit * Reserve);
        return options.Overload is null
            ? (int)count + _lanes
            : (int)(count + ((OverloadWarmupSeconds + options.Seconds + 2) * limit * Reserve))
                + (OverloadReserve * _lanes);
    }

    private async Task StartOfAsync(TradeWorkload? trades, CancellationToken cancellationToken)
    {
        if (trades is null)
        {
            return;
        }

        long early = (long)trades.Calendar.StartsAtMs - _time.GetUtcNow().ToUnixTimeMilliseconds();
        await progress.WriteLineAsync($"slots of {trades.Calendar.OrdersPerSlot} orders, load in {early} ms");
        if (early > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(early), cancellationToken);
        }
    }

    private async Task<LoadMeasurement> MeasureAsync(
        LoadNetwork network, Lane[] lanes, MarketDriver? driver, double limit, CancellationToken cancellationToken)
    {
        ChainAudit audit = new(network);
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task driving = driver is null ? Task.CompletedTask : driver.RunAsync(over.Token);
        long Driven() => driver?.Accepted ?? 0;
        LoadFeeder feeder = new(lanes, network.Entries, new LoadPace(options.Rate, limit), Driven);
        LoadPhase main = await PhaseAsync(network, feeder, options.WarmupSeconds, cancellationToken);
        LoadPhase? beyond = null;
        if (options.Overload is { } factor)
        {
            await DrainAsync(network, () => feeder.Accepted + Driven(), audit, cancellationToken);
            double rate = main.WindowOf(network.Entries[0].Trail.Blocks).Rate * factor;
            LoadFeeder flood = new(
                lanes, network.Entries, new LoadPace(rate, limit), () => feeder.Accepted + Driven());
            beyond = await PhaseAsync(network, flood, OverloadWarmupSeconds, cancellationToken);
        }

        await over.CancelAsync();
        await driving;
        await DrainAsync(
            network, () => feeder.Accepted + (beyond?.Feeder.Accepted ?? 0) + Driven(), audit, cancellationToken);
        if (main.Feeder.RanDry || beyond?.Feeder.RanDry == true)
        {
            audit.Violated("the signed transactions did not suffice");
        }

        long[] peaks = [.. network.Nodes.Select(node => node.Usage.PeakResidentBytes)];
        await audit.RunAsync(lanes, cancellationToken);
        return new LoadMeasurement
        {
            Main = main,
            Overload = beyond,
            Seen = [.. network.Entries.Select(entry => entry.Trail.Blocks)],
            Names = [.. network.Nodes.Select(node => node.Name)],
            Lanes = lanes,
            Audit = audit,
            Market = await AuditMarketAsync(network, driver, audit, cancellationToken),
            PeakRssBytes = peaks,
        };
    }

    private async Task<MarketReport?> AuditMarketAsync(
        LoadNetwork network, MarketDriver? driver, ChainAudit audit, CancellationToken cancellationToken)
    {
        MarketAudit market = new(network.Nodes[0], audit);
        if (driver is not null)
        {
            return await market.RunAsync(audit.Calls, driver.Acts, cancellationToken);
        }

        await market.CheckRecordsAsync(audit.Calls.LongCount(MarketAudit.IsRecord), cancellationToken);
        return null;
    }

    private async Task<LoadPhase> PhaseAsync(
        LoadNetwork network, LoadFeeder feeder, int warmupSeconds, CancellationToken cancellationToken)
    {
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task feeding = Task.Run(() => feeder.RunAsync(over.Token), CancellationToken.None);
        await Task.Delay(TimeSpan.FromSeconds(warmupSeconds), cancellationToken);
        LoadSample first = await LoadSample.AtNextBlockAsync(network, feeder, cancellationToken);
        await progress.WriteLineAsync($"measured from block {first.Height} on");
        SeriesSampler? sampler = options.SampleSeconds > 0 ? new(network) : null;
        Task sampling =
            sampler?.RunAsync(TimeSpan.FromSeconds(options.SampleSeconds), over.Token) ?? Task.CompletedTask;
        await Task.Delay(TimeSpan.FromSeconds(options.Seconds), cancellationToken);
        LoadSample last = await LoadSample.AtNextBlockAsync(network, feeder, cancellationToken);
        await over.CancelAsync();
        await feeding;
        await sampling;
        await feeder.FlushAsync(DrainPatience);
        return new LoadPhase(first, last, feeder, sampler?.Points);
    }

    private async Task DrainAsync(
        LoadNetwork network, Func<long> accepted, ChainAudit audit, CancellationToken cancellationToken)
    {
        BlockTrail trail = network.Entries[0].Trail;
        long started = Stopwatch.GetTimestamp();
        while (trail.Committed < accepted() && Stopwatch.GetElapsedTime(started) < DrainPatience)
        {
            await trail.NextAsync(cancellationToken);
        }

        if (trail.Committed < accepted())
        {
            audit.Violated($"of {accepted()} accepted transactions {trail.Committed} were in blocks in time");
        }

        await progress.WriteLineAsync($"drained in {Stopwatch.GetElapsedTime(started).TotalSeconds:N1} s");
    }
}
