namespace EnergyChain.Node.Devnet.Report;

/// <summary>A meter record that a block accepted.</summary>
/// <param name="Energy">What it says.</param>
/// <param name="IsLate">After the report window: it counts in no settlement.</param>
public sealed record RecordFacts(MeteredEnergy Energy, bool IsLate);
