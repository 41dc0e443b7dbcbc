using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using EnergyChain.CrashTests.Kills;
using EnergyChain.CrashTests.Plants;
using EnergyChain.CrashTests.Points;
using EnergyChain.CrashTests.PowerCuts;

namespace EnergyChain.CrashTests;

/// <summary>Runs what is asked for and reports; the last line is the count.</summary>
internal sealed class CrashRunner(CrashOptions options, TextWriter output, TextWriter progress)
{
    private const int Success = 0;
    private const int Failure = 1;
    private const int ProgressEveryMs = 2_000;
    private const int MostViolations = 20;
    private const string Program = "dotnet run --project tests/CrashTests -c Release --";

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private readonly Lock _lock = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private long _lastProgressMs;
    private int _passed;
    private int _failed;

    /// <summary>Gives the exit code: 0 where all held, 1 where something did not.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        RunPoints();
        RunTears();
        await RunKillsAsync(cancellation);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_passed} passed, {_failed} failed"));
        return _failed == 0 ? Success : Failure;
    }

    private void RunPoints()
    {
        if (!options.Points)
        {
            return;
        }

        using PointsRun run = new(options.Seed, Plant.None);
        run.Run();
        foreach ((string name, PointTally tally) in run.Points)
        {
            Count(new Result("point", name, tally.Broken == 0, $"{tally.Moments} moments"));
        }

        foreach (string broken in run.Broken)
        {
            output.WriteLine($"  {broken}");
        }

        Summary($"{run.Points.Count} write points, {run.Points.Values.Sum(static tally => tally.Moments)} moments");
        if (run.Broken.Count > 0)
        {
            output.WriteLine($"  again: {Program} --points --seed {options.Seed}");
        }
    }

    private void RunTears()
    {
        if (options.Tears == 0)
        {
            return;
        }

        ulong blocks = 0;
        int lives = 0;
        IEnumerable<ulong> seeds = Enumerable.Range(0, options.Tears).Select(index => options.Seed + (ulong)index);
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.ForEach(Partitioner.Create(seeds, EnumerablePartitionerOptions.NoBuffering), parallel, seed =>
        {
            RunOutcome outcome = PowerCutRun.Run(seed, Plant.None);
            lock (_lock)
            {
                blocks += outcome.Height;
                lives += outcome.Lives.Count;
                Report(outcome);
            }
        });
        Summary($"{options.Tears} machines, {lives} lives, {blocks} blocks");
    }

    private async Task RunKillsAsync(CancellationToken cancellation)
    {
        if (options.Kills == 0)
        {
            return;
        }

        KillRun run = new(options.Kills, options.Seed, progress);
        try
        {
            KillResult result = await run.RunAsync(cancellation);
            Report(result);
        }
        catch (Exception failure) when (failure is TimeoutException or InvalidOperationException)
        {
            Report(new KillResult(run.Killed, 0, 0, 0, [failure.Message]));
        }
    }

    // Each kill is one result: where something does not hold at the end, nobody knows which it was.
    private void Report(KillResult result)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"{result.Kills} processes, seed {options.Seed}");
        foreach (string violation in result.Violations.Take(MostViolations))
        {
            Count(new Result("kill", name, Passed: false, violation));
        }

        string what = string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Kills} killed, {result.Acknowledged} acknowledged transactions, {result.Signatures} signatures "
            + $"and {result.Height} blocks compared");
        if (result.Violations.Count == 0)
        {
            _passed += result.Kills;
            Summary(what);
        }
        else
        {
            output.WriteLine($"  {what}, {result.Violations.Count} violations");
            output.WriteLine($"  again: {Program} --kills {options.Kills} --seed {options.Seed}");
        }
    }

    private void Report(RunOutcome outcome)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"seed {outcome.Seed}");
        Count(new Result("tear", name, outcome.Broken is null, outcome.Broken ?? $"{outcome.Height} blocks"));
        if (outcome.Broken is not null || options.Tears == 1)
        {
            foreach ((int number, string life) in outcome.Lives.Index())
            {
                output.WriteLine($"  life {number + 1}: {life}");
            }

            output.WriteLine($"  again: {Program} --tears 1 --seed {outcome.Seed}");
        }

        long nowMs = _watch.ElapsedMilliseconds;
        if (nowMs - _lastProgressMs >= ProgressEveryMs)
        {
            _lastProgressMs = nowMs;
            progress.WriteLine($"{_passed + _failed} done, {_failed} failed");
        }
    }

    private void Count(Result result)
    {
        _passed += result.Passed ? 1 : 0;
        _failed += result.Passed ? 0 : 1;
        if (options.IsJson)
        {
            output.WriteLine(JsonSerializer.Serialize(result, Json));
        }
        else if (!result.Passed || result.Kind == "point" || options.Tears == 1)
        {
            output.WriteLine($"{result.Kind} {result.Name}: {(result.Passed ? "passed" : "FAILED")}, {result.What}");
        }
    }

    private void Summary(string what)
    {
        if (!options.IsJson)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{what} in {_watch.Elapsed.TotalSeconds:F1} s"));
        }
    }

    private sealed record Result(string Kind, string Name, bool Passed, string What);
}
