using System.Globalization;

namespace EnergyChain.Benchmarks.Load.Curves;

/// <summary>
/// For each size of the council: the highest sustained rate, and what becomes of parts and multiples of it.
/// </summary>
internal static class SaturationRun
{
    private static readonly double[] Shares = [0.1, 0.25, 0.5, 0.7, 0.85, 1.0, 1.2, 1.5];

    /// <param name="councils">How many validators.</param>
    /// <param name="seconds">The measured time of each run.</param>
    /// <param name="progress">Gets lines of what it does.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<IReadOnlyList<SaturationPoint>> RunAsync(
        IReadOnlyList<int> councils, int seconds, TextWriter progress, CancellationToken cancellationToken)
    {
        List<SaturationPoint> points = [];
        foreach (int validators in councils)
        {
            LoadOptions options = new() { Validators = validators, Seconds = seconds };
            LoadOptionsCheck.Run(options);
            LoadReport peak = await new LoadRun(options, progress).RunAsync(cancellationToken);
            foreach (double share in Shares)
            {
                double rate = Math.Round(peak.Tps * share);
                await progress.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{validators} validators, {rate:F0}/s, {share:P0} of {peak.Tps:F0}"));
                LoadReport report = await new LoadRun(options with { Rate = rate }, progress)
                    .RunAsync(cancellationToken);
                points.Add(new SaturationPoint(validators, rate, report));
            }
        }

        return points;
    }
}
