namespace EnergyChain.CrashTests;

/// <summary>What one seed or moment gave.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Broken">What does not hold; null where all does.</param>
/// <param name="Height">The highest block that was promised.</param>
/// <param name="Lives">How each life ended, in order.</param>
internal sealed record RunOutcome(ulong Seed, string? Broken, ulong Height, IReadOnlyList<string> Lives);
