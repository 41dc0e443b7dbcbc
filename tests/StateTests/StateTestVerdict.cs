namespace EnergyChain.StateTests;

/// <summary>What became of a case.</summary>
public enum StateTestVerdict
{
    Passed,
    Failed,
    Skipped,
}
