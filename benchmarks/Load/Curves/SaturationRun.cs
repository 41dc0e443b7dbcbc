using System.Globalization;

namespace EnergyChain.Benchmarks.Load.Curves;

/// <summary>
/// For each size of the council: the highest sustained rate, and what becomes of parts and multiples of it.
/// </summary>
internal static class SaturationRun
{
    /// <param name="councils">How many validators.</param>
    /// <param name="percents">The rates, in percent of the highest one.</param>
    /// <param name="seconds">The measured time of each run.</param>
    /// <param name="progress">Gets lines of what it does.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<IReadOnlyList<SaturationPoint>> RunAsync(
        IReadOnlyList<int> councils,
        IReadOnlyList<int> percents,
        int seconds,
        TextWriter progress,
        CancellationToken cancellationToken)
    {
        List<SaturationPoint> points = [];
        foreach (int validators in councils)
        {
            LoadOptions options = new() { Validators = validators, Seconds = seconds };
            LoadOptionsCheck.Run(options);
            LoadReport peak = await new LoadRun(options, progress).RunAsync(cancellationToken);
            foreach (int percent in percents)
            {
                double rate = Math.Round(peak.Tps * percent / 100);
                await progress.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{validators} validators, {rate:F0}/s, {percent} % of {peak.Tps:F0}"));
                LoadReport report = await new LoadRun(options with { Rate = rate }, progress)
                    .RunAsync(cancellationToken);
                points.Add(new SaturationPoint(validators, rate, report));
            }
        }

        return points;
    }
}
