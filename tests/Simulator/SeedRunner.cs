using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using EnergyChain.Simulation;

namespace EnergyChain.Simulator;

/// <summary>
/// Runs seeds side by side, one thread each, and reports: failures and, where asked for, every seed in order; the last
/// line is the count.
/// </summary>
internal sealed class SeedRunner(SimulationOptions options, bool isJson, TextWriter output, TextWriter progress)
{
    private const int Success = 0;
    private const int Failure = 1;
    private const int ProgressEveryMs = 2_000;

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private readonly Lock _lock = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly Totals _totals = new();
    private long _lastProgressMs;

    /// <summary>Gives the exit code: 0 where all passed, 1 where one did not.</summary>
    public int Run(IReadOnlyList<ulong> seeds)
    {
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.ForEach(Chunks(seeds), parallel, seed =>
        {
            SimulationResult result = SimulationRun.Run(seed, options);
            lock (_lock)
            {
                Report(result, seeds.Count);
            }
        });
        if (!isJson)
        {
            output.WriteLine(_totals.Describe(_watch.Elapsed));
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{_totals.Passed} passed, {_totals.Failed} failed"));
        return _totals.Failed == 0 ? Success : Failure;
    }

    // One seed at a time to each thread: they differ in length.
    private static System.Collections.Concurrent.OrderablePartitioner<ulong> Chunks(IReadOnlyList<ulong> seeds) =>
        System.Collections.Concurrent.Partitioner.Create(
            seeds, System.Collections.Concurrent.EnumerablePartitionerOptions.NoBuffering);

    private void Report(SimulationResult result, int count)
    {
        _totals.Add(result);
        if (isJson)
        {
            output.WriteLine(JsonSerializer.Serialize(new SeedLine(result, CommandOf(result.Seed)), Json));
        }
        else if (result.Violation is not null || count == 1)
        {
            output.WriteLine(Describe(result));
        }

        long nowMs = _watch.ElapsedMilliseconds;
        if (nowMs - _lastProgressMs >= ProgressEveryMs && count > 1)
        {
            _lastProgressMs = nowMs;
            int done = _totals.Passed + _totals.Failed;
            progress.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{done} of {count} seeds, {_totals.Failed} failed, {done * 1_000.0 / nowMs:F1} seeds/s"));
        }
    }

    private string Describe(SimulationResult result)
    {
        StringWriter text = new(CultureInfo.InvariantCulture);
        text.WriteLine($"seed {result.Seed}: {(result.Violation is null ? "passed" : "FAILED")}");
        text.WriteLine($"  drawn: {result.Faults}");
        text.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  height {result.Height}, highest round {result.HighestRound}, {result.TransactionsFinal} of "
            + $"{result.TransactionsSent} transfers final, {result.VirtualMs / 1_000:F1} s virtual, {result.Events} "
            + $"events, trace {result.TraceHash:x16}"));
        if (result.RecoveredInMs is { } recovered)
        {
            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  recovered in {recovered:F0} ms"));
        }

        if (result.Violation is { } violation)
        {
            text.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  {violation.Kind} at {violation.AtMs:F3} ms: {violation.What}"));
            text.WriteLine("  the last events:");
            foreach (string happened in result.LastEvents)
            {
                text.WriteLine($"    {happened}");
            }

            text.WriteLine($"  again: {CommandOf(result.Seed)}");
        }

        return text.ToString().TrimEnd();
    }

    private string CommandOf(ulong seed) => string.Create(
        CultureInfo.InvariantCulture,
        $"dotnet run --project tests/Simulator -c Release -- --seed {seed} --nodes {options.Nodes} --heights "
        + $"{options.Heights} --faults {FaultList.Format(options.Faults)} --byzantine {options.Byzantine}"
        + $"{(options.Liveness ? " --liveness" : "")}");
}
