namespace EnergyChain.Dashboard.Live;

/// <summary>What the node answered to a question of any type.</summary>
/// <param name="Value">The answer.</param>
/// <param name="Rows">What it counts for in memory.</param>
/// <param name="IsFinal">Whether it will not change any more.</param>
internal readonly record struct LoadedAnswer(object? Value, int Rows, bool IsFinal);
