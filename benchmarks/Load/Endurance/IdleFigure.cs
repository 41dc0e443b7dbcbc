namespace EnergyChain.Benchmarks.Load.Endurance;

/// <summary>What a site's relay takes where nothing happens.</summary>
/// <param name="RssBytes">Memory at the end.</param>
/// <param name="PeakRssBytes">The most since its start.</param>
/// <param name="CpuShare">Of one core.</param>
internal sealed record IdleFigure(long RssBytes, long PeakRssBytes, double CpuShare)
{
    public const long MostRssBytes = 150L * 1_024 * 1_024;
    public const double MostCpuShare = 0.03;

    public bool Holds => RssBytes < MostRssBytes && CpuShare < MostCpuShare;
}
