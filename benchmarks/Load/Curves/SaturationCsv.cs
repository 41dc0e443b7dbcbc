using System.Globalization;

namespace EnergyChain.Benchmarks.Load.Curves;

/// <summary>A saturation curve as CSV; the names of the columns carry the units.</summary>
internal static class SaturationCsv
{
    private const string Header = "validators,offered_per_s,tps,verification_limit,ratio,interval_mean_ms,"
        + "interval_p99_ms,finality_p50_ms,finality_p99_ms,refused,cpu_us_per_transaction,peak_rss_bytes,load_before";

    public static string Of(IEnumerable<SaturationPoint> points) =>
        string.Join('\n', points.Select(Row).Prepend(Header)) + "\n";

    private static string Row(SaturationPoint point)
    {
        LoadReport report = point.Report;
        return string.Join(',', new IFormattable?[]
        {
            point.Validators,
            Rounded(point.Offered),
            Rounded(report.Tps),
            Rounded(report.VerificationLimit),
            Math.Round(report.Ratio, 3),
            Rounded(report.IntervalMs?.Mean),
            Rounded(report.IntervalMs?.P99),
            Rounded(report.FinalityMs?.P50),
            Rounded(report.FinalityMs?.P99),
            report.Refused.Values.Sum(),
            Rounded(report.CpuUsPerTransaction.Total),
            report.PeakRssBytes,
            report.LoadAverageBefore,
        }.Select(value => value?.ToString(null, CultureInfo.InvariantCulture) ?? ""));
    }

    private static double? Rounded(double? value) => value is { } number ? Math.Round(number) : null;
}
