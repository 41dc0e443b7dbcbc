namespace EnergyChain.Benchmarks.Verify;

/// <summary>One measurement of the limit and, right after it, of the pipeline.</summary>
/// <param name="LimitPerSecond">Ed25519 verifications on all cores, and nothing else.</param>
/// <param name="VerifiedPerSecond">Transactions verified and executed.</param>
/// <param name="Ratio">The second by the first.</param>
/// <param name="CpuRatio">CPU time of a bare verification by that of a transaction: blind to other load.</param>
/// <param name="CpuMicroseconds">CPU time of a transaction in the pipeline, all threads together.</param>
/// <param name="AllocatedBytes">Bytes allocated for a transaction.</param>
/// <param name="Collections">Garbage collections of the first two generations.</param>
internal sealed record VerifyRound(
    double LimitPerSecond,
    double VerifiedPerSecond,
    double Ratio,
    double CpuRatio,
    double CpuMicroseconds,
    long AllocatedBytes,
    int Collections);
