namespace EnergyChain.Simulation;

/// <summary>What went wrong.</summary>
/// <param name="Kind">Which checker found it.</param>
/// <param name="What">In words, with the nodes and heights.</param>
/// <param name="AtMs">Virtual time.</param>
public sealed record Violation(ViolationKind Kind, string What, double AtMs);
