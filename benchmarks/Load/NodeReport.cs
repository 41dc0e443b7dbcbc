namespace EnergyChain.Benchmarks.Load;

/// <summary>One node over the measured time.</summary>
internal sealed record NodeReport
{
    public required string Name { get; init; }

    public required CpuCost CpuUsPerTransaction { get; init; }

    /// <summary>Of one core.</summary>
    public required double CpuShare { get; init; }

    /// <summary>At the end of the measured time.</summary>
    public required long RssBytes { get; init; }

    /// <summary>From its start to its end.</summary>
    public required long PeakRssBytes { get; init; }

    public required long BytesSent { get; init; }
}
