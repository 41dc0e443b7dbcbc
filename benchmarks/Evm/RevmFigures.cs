namespace EnergyChain.Benchmarks.Evm;

/// <summary>What anvil needed for a case.</summary>
/// <param name="Nanoseconds">Of one call, less an empty call of the same round.</param>
/// <param name="EmptyNanoseconds">Of an empty call: HTTP, JSON and anvil's own work.</param>
/// <param name="BestNanoseconds">The shortest call of all rounds less the shortest empty call.</param>
internal sealed record RevmFigures(Spread Nanoseconds, Spread EmptyNanoseconds, double BestNanoseconds);
