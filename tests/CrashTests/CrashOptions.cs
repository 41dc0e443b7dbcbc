namespace EnergyChain.CrashTests;

/// <summary>What is asked for on the command line.</summary>
/// <param name="Kills">Processes to kill; 0 for none.</param>
/// <param name="Tears">Seeds of power cuts; 0 for none.</param>
/// <param name="Points">Whether every write point is crashed at.</param>
/// <param name="Seed">The first seed.</param>
/// <param name="IsJson">One line of JSON a result.</param>
internal sealed record CrashOptions(int Kills, int Tears, bool Points, ulong Seed, bool IsJson);
