namespace EnergyChain.Benchmarks.Verify;

/// <summary>What the benchmark of replay found.</summary>
/// <param name="Blocks">Blocks of the chain.</param>
/// <param name="Transactions">Transfers in each.</param>
/// <param name="Cores">Cores of the machine.</param>
/// <param name="Load">Its load averages before.</param>
/// <param name="Rounds">Each measurement.</param>
/// <param name="Ratio">The median ratio to the limit.</param>
/// <param name="CpuRatio">The median ratio by CPU time.</param>
/// <param name="Holds">Whether it is within what the project promises.</param>
internal sealed record VerifyFigure(
    int Blocks,
    int Transactions,
    int Cores,
    string Load,
    IReadOnlyList<VerifyRound> Rounds,
    double Ratio,
    double CpuRatio,
    bool Holds);
