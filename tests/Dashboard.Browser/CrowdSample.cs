namespace EnergyChain.Dashboard.Browser;

/// <summary>What the dashboard and the chain took at a moment of a crowd's visit.</summary>
/// <param name="Minutes">Since all pages were open.</param>
/// <param name="MemoryMiB">Resident memory of the dashboard.</param>
/// <param name="CpuPercent">Of one core, since the sample before.</param>
/// <param name="IntervalMs">Mean block interval of the node since the sample before.</param>
internal sealed record CrowdSample(double Minutes, double MemoryMiB, double CpuPercent, double IntervalMs)
{
    /// <summary>Growth of memory over samples in MiB a minute, by least squares.</summary>
    public static double Slope(IReadOnlyList<CrowdSample> samples)
    {
        double time = samples.Average(static sample => sample.Minutes);
        double memory = samples.Average(static sample => sample.MemoryMiB);
        double square = samples.Sum(sample => (sample.Minutes - time) * (sample.Minutes - time));
        return square == 0
            ? 0
            : samples.Sum(sample => (sample.Minutes - time) * (sample.MemoryMiB - memory)) / square;
    }
}
