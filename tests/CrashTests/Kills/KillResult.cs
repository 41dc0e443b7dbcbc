namespace EnergyChain.CrashTests.Kills;

/// <summary>How a run of kills ended.</summary>
/// <param name="Kills">Processes that were killed and came back.</param>
/// <param name="Acknowledged">Transactions that clients were told are final.</param>
/// <param name="Signatures">Signatures that were compared.</param>
/// <param name="Height">The last height of all.</param>
/// <param name="Violations">What did not hold.</param>
internal sealed record KillResult(
    int Kills, int Acknowledged, int Signatures, ulong Height, IReadOnlyList<string> Violations);
