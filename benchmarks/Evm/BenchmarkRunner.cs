using System.Diagnostics;
using System.Runtime;
using EnergyChain.Benchmarks.Evm.Revm;

namespace EnergyChain.Benchmarks.Evm;

/// <summary>
/// Warms a case up until the compiler has nothing left to do for it, then measures it round by round, ours and revm's
/// in turn, so that both see the same machine.
/// </summary>
/// <param name="rounds">Rounds of each case.</param>
/// <param name="revm">The other side; null to measure ours alone.</param>
/// <param name="progress">Told what is going on.</param>
internal sealed class BenchmarkRunner(int rounds, RevmPartner? revm, TextWriter progress)
{
    // A method is compiled anew after 30 calls, and once more with what was learnt from the calls after that.
    private const int SharedWarmUpRuns = 70;
    private const int LeastWarmUpRuns = 2;
    private static readonly TimeSpan LongestSharedWarmUp = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LeastRound = TimeSpan.FromMilliseconds(20);

    public async Task<IReadOnlyList<BenchmarkRow>> RunAsync(
        IReadOnlyList<BenchmarkCase> cases, CancellationToken cancellationToken)
    {
        WarmUpTogether(cases, cancellationToken);
        List<BenchmarkRow> rows = [];
        foreach (BenchmarkCase one in cases)
        {
            await progress.WriteLineAsync($"[{rows.Count + 1}/{cases.Count}] {one.Name}");
            rows.Add(await RunAsync(one, cancellationToken));
        }

        return rows;
    }

    /// <summary>
    /// The interpreter's methods are shared: all cases together make it warm, as a node's mixed work does, before the
    /// first is measured.
    /// </summary>
    private void WarmUpTogether(IReadOnlyList<BenchmarkCase> cases, CancellationToken cancellationToken)
    {
        progress.WriteLine($"warming up {cases.Count} cases");
        long started = Stopwatch.GetTimestamp();
        int run = 0;
        while (run < SharedWarmUpRuns && Stopwatch.GetElapsedTime(started) < LongestSharedWarmUp)
        {
            cancellationToken.ThrowIfCancellationRequested();
            cases[run++ % cases.Count].Run();
        }
    }

    private async Task<BenchmarkRow> RunAsync(BenchmarkCase one, CancellationToken cancellationToken)
    {
        BytecodeProgram? program = revm is not null && one.Program is { IsEthereum: true } known ? known : null;
        string? mistake = WarmUp(one, cancellationToken);
        if (program is not null)
        {
            mistake ??= await revm!.PrepareAsync(program, cancellationToken);
        }

        List<double> ours = [];
        List<double> theirs = [];
        List<double> calls = [];
        List<double> empty = [];
        List<double> coreShares = [];
        double allocated = 0;
        for (int round = 0; round < rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Sample sample = MeasureRound(one, out double coreShare);
            coreShares.Add(coreShare);
            ours.Add(sample.Nanoseconds);
            allocated += sample.AllocatedBytes;
            mistake ??= sample.Mistake;
            if (program is not null)
            {
                RevmSample other = await revm!.MeasureAsync(program, LeastRound, cancellationToken);
                calls.Add(other.CallNanoseconds);
                theirs.Add(Math.Max(1, other.CallNanoseconds - other.EmptyNanoseconds));
                empty.Add(other.EmptyNanoseconds);
                mistake ??= other.Mistake;
            }
        }

        RevmFigures? figures = program is null
            ? null
            : new RevmFigures(Spread.Of(theirs), Spread.Of(empty), Math.Max(1, calls.Min() - empty.Min()));
        return new BenchmarkRow(
            one.Name,
            one.Group,
            mistake,
            one.Calls,
            one.Gas,
            Spread.Of(ours),
            allocated / rounds,
            Spread.Of(coreShares).Median,
            figures);
    }

    /// <summary>Until nothing was compiled for a while, or it takes too long.</summary>
    private static string? WarmUp(BenchmarkCase one, CancellationToken cancellationToken)
    {
        string? mistake = null;
        long started = Stopwatch.GetTimestamp();
        long changed = started;
        long compiled = JitInfo.GetCompiledMethodCount();
        for (int run = 0; run < LeastWarmUpRuns || Stopwatch.GetElapsedTime(changed) < Quiet; run++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            mistake ??= one.Run().Mistake;
            long now = JitInfo.GetCompiledMethodCount();
            if (now != compiled)
            {
                (compiled, changed) = (now, Stopwatch.GetTimestamp());
            }

            if (run >= LeastWarmUpRuns && Stopwatch.GetElapsedTime(started) > LongestWarmUp)
            {
                break;
            }
        }

        return mistake;
    }

    /// <summary>As many runs as make a round long enough for the clock; the mean of them.</summary>
    /// <param name="one">The case.</param>
    /// <param name="coreShare">The part of a core that the machine gave us meanwhile.</param>
    private static Sample MeasureRound(BenchmarkCase one, out double coreShare)
    {
        // Garbage of the other side and of earlier rounds is not this round's.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        double nanoseconds = 0;
        long allocated = 0;
        string? mistake = null;
        int runs = 0;
        TimeSpan processorTime = Environment.CpuUsage.TotalTime;
        long started = Stopwatch.GetTimestamp();
        while (nanoseconds < LeastRound.TotalNanoseconds)
        {
            Sample sample = one.Run();
            nanoseconds += sample.Nanoseconds;
            allocated += sample.AllocatedBytes;
            mistake ??= sample.Mistake;
            runs++;
        }

        coreShare = Math.Min(
            1, (Environment.CpuUsage.TotalTime - processorTime) / Stopwatch.GetElapsedTime(started));
        return new Sample(nanoseconds / runs, allocated / runs, mistake);
    }
}
