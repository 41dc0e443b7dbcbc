using System.Globalization;

namespace EnergyChain.Benchmarks.Load.Endurance;

/// <summary>A network under a steady part of what it can take, for long.</summary>
internal static class SoakRun
{
    private const int PeakSeconds = 20;

    /// <summary>Measures what the network takes at most, then offers a share of it to a new one.</summary>
    /// <param name="minutes">How long.</param>
    /// <param name="share">Of the highest sustained TPS.</param>
    /// <param name="progress">Gets lines of what it does.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The report of the long run; its violations name what was not steady, too.</returns>
    public static async Task<LoadReport> RunAsync(
        double minutes, double share, TextWriter progress, CancellationToken cancellationToken)
    {
        LoadReport peak = await new LoadRun(new LoadOptions { Seconds = PeakSeconds }, progress)
            .RunAsync(cancellationToken);
        double rate = Math.Floor(peak.Tps * share);
        await progress.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"peak {peak.Tps:F0} TPS; {rate:F0} for {minutes} minutes"));
        int seconds = (int)(minutes * 60);
        LoadReport report = await new LoadRun(
            new LoadOptions { Rate = rate, Seconds = seconds, SampleSeconds = Math.Max(1, seconds / 120) }, progress)
            .RunAsync(cancellationToken);
        return report with { Violations = [.. report.Violations, .. SoakVerdict.Of(report.Series ?? [])] };
    }
}
