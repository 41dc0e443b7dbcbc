namespace EnergyChain.Benchmarks.Evm;

/// <summary>A result so wrong that there is nothing to measure, in one sentence.</summary>
internal sealed class WrongResultException(string message) : Exception(message);
