using System.Diagnostics;
using EnergyChain.Core.Chain;

namespace EnergyChain.Benchmarks.Load;

/// <summary>
/// How many signatures this machine verifies in a second when all its processors do nothing else: with each of n
/// validators on it verifying each transaction once, an n-th of that is what no chain on it can go beyond.
/// </summary>
internal static class VerificationLimit
{
    private static readonly TimeSpan Warmup = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(2);

    /// <summary>Verifications each second on all processors.</summary>
    /// <param name="sample">Transactions of the run, each with one signature that holds.</param>
    public static double Measure(IReadOnlyList<Transaction> sample)
    {
        Rate(sample, Warmup);
        return Rate(sample, Duration);
    }

    private static double Rate(IReadOnlyList<Transaction> sample, TimeSpan duration)
    {
        long done = 0;
        long started = Stopwatch.GetTimestamp();
        Thread[] threads =
        [
            .. Enumerable.Range(0, Environment.ProcessorCount).Select(number => new Thread(() =>
            {
                long mine = 0;
                for (int next = number; Stopwatch.GetElapsedTime(started) < duration; next++)
                {
                    mine += sample[next % sample.Count].SignaturesHold() ? 1 : 0;
                }

                Interlocked.Add(ref done, mine);
            })),
        ];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return done / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
