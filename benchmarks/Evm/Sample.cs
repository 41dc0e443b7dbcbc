namespace EnergyChain.Benchmarks.Evm;

/// <summary>One measured run.</summary>
/// <param name="Nanoseconds">Of the whole run.</param>
/// <param name="AllocatedBytes">By the whole run, on its thread.</param>
/// <param name="Mistake">What was wrong with the result; null for nothing.</param>
internal readonly record struct Sample(double Nanoseconds, long AllocatedBytes, string? Mistake);
