namespace EnergyChain.Benchmarks.Evm;

/// <summary>What the person at the keyboard has to mend, in one sentence.</summary>
internal sealed class BenchmarkException(string message) : Exception(message);
