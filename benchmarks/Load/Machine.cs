using System.Globalization;

namespace EnergyChain.Benchmarks.Load;

/// <summary>The machine that all runs on.</summary>
internal static class Machine
{
    private const string LoadFile = "/proc/loadavg";

    /// <summary>Its load average over a minute; null where it is not told.</summary>
    public static double? LoadAverage() =>
        File.Exists(LoadFile)
        && double.TryParse(
            File.ReadAllText(LoadFile).Split(' ')[0], NumberStyles.Float, CultureInfo.InvariantCulture, out double load)
            ? load
            : null;
}
