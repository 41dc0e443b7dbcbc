namespace EnergyChain.StateTests;

/// <summary>A case and what became of it.</summary>
/// <param name="Case">Which case.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Detail">What differed, or why it was skipped.</param>
public sealed record StateTestResult(string Case, StateTestVerdict Verdict, string Detail);
