namespace EnergyChain.Benchmarks.Proofs;

/// <summary>One figure of the benchmark of proofs.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Typical">The mean of sizes, the median of times: a busy machine stops a process now and then.</param>
/// <param name="Most">The largest, or for times the 99th percentile.</param>
/// <param name="Unit">Of both.</param>
/// <param name="Limit">What <paramref name="Most"/> has to stay below; null where nothing is promised.</param>
internal sealed record ProofFigure(string Name, double Typical, double Most, string Unit, double? Limit)
{
    public bool Holds => Limit is not { } limit || Most < limit;
}
