using System.Globalization;
using EnergyChain.Simulation;

namespace EnergyChain.Simulator;

/// <summary>One seed as a line of JSON.</summary>
internal sealed class SeedLine(SimulationResult result, string command)
{
    public ulong Seed => result.Seed;

    public bool Passed => result.Violation is null;

    public string? Violation => result.Violation?.Kind.ToString();

    public string? What => result.Violation?.What;

    public double? AtMs => result.Violation?.AtMs;

    public string Faults => result.Faults;

    public ulong Height => result.Height;

    public uint HighestRound => result.HighestRound;

    public int TransactionsSent => result.TransactionsSent;

    public int TransactionsFinal => result.TransactionsFinal;

    public double? RecoveredInMs => result.RecoveredInMs;

    public double VirtualMs => result.VirtualMs;

    public long Events => result.Events;

    public string Trace => result.TraceHash.ToString("x16", CultureInfo.InvariantCulture);

    public IReadOnlyList<string> LastEvents => result.LastEvents;

    public string Command => command;
}
