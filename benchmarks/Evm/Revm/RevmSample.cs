namespace EnergyChain.Benchmarks.Evm.Revm;

/// <summary>One round of the other side.</summary>
/// <param name="CallNanoseconds">Of a call, request to answer.</param>
/// <param name="EmptyNanoseconds">Of a call to an account without code, in the same round.</param>
/// <param name="Mistake">What was wrong with an answer; null for nothing.</param>
internal readonly record struct RevmSample(double CallNanoseconds, double EmptyNanoseconds, string? Mistake);
