namespace EnergyChain.Processes;

/// <summary>How a run ended.</summary>
/// <param name="Blocks">Height that all nodes have reached.</param>
/// <param name="Transfers">Transfers that were admitted and are final.</param>
/// <param name="JoinedBySnapshot">Names of the nodes that say so in their logs.</param>
/// <param name="Violations">What did not hold; empty in a sound run.</param>
/// <param name="Logs">The last log lines of the nodes where something did not hold.</param>
public sealed record NetworkResult(
    ulong Blocks,
    int Transfers,
    IReadOnlyList<string> JoinedBySnapshot,
    IReadOnlyList<string> Violations,
    string Logs);
