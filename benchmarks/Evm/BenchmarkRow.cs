namespace EnergyChain.Benchmarks.Evm;

/// <summary>The figures of one case over all rounds.</summary>
/// <param name="Name">Of the case.</param>
/// <param name="Group">Of the case.</param>
/// <param name="Mistake">The first wrong result; null where every one was right.</param>
/// <param name="Calls">Calls or transactions in one run.</param>
/// <param name="Gas">Of one run.</param>
/// <param name="Nanoseconds">Of one run.</param>
/// <param name="AllocatedBytes">Of one run.</param>
/// <param name="CoreShare">Of a core, 0 to 1, that our rounds got; below 1 the machine was busy with others.</param>
/// <param name="Revm">revm's figures; null where it did not run the case.</param>
internal sealed record BenchmarkRow(
    string Name,
    BenchmarkGroup Group,
    string? Mistake,
    int Calls,
    ulong Gas,
    Spread Nanoseconds,
    double AllocatedBytes,
    double CoreShare,
    RevmFigures? Revm)
{
    public bool IsChecked => Mistake is null;

    public double MegagasPerSecond => Gas * 1e3 / Nanoseconds.Median;

    public double NanosecondsPerGas => Nanoseconds.Median / Gas;

    public double NanosecondsPerCall => Nanoseconds.Median / Calls;

    /// <summary>Our speed over revm's: above 1 is faster.</summary>
    public double? Ratio => Revm is { } revm ? revm.Nanoseconds.Median / Nanoseconds.Median : null;

    /// <summary>
    /// The same of the best round of each side: the one that others on the machine disturbed least.
    /// </summary>
    public double? BestRatio => Revm is { } revm ? revm.BestNanoseconds / Nanoseconds.Minimum : null;

    /// <summary>revm's Mgas/s; the gas of both is the same.</summary>
    public double? RevmMegagasPerSecond => Revm is { } revm ? Gas * 1e3 / revm.Nanoseconds.Median : null;
}
