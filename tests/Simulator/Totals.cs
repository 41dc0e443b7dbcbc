using System.Globalization;
using EnergyChain.Simulation;

namespace EnergyChain.Simulator;

/// <summary>Sums over all seeds.</summary>
internal sealed class Totals
{
    private ulong _heights;
    private long _transactions;
    private uint _highestRound;
    private double _slowestRecoveryMs;

    public int Passed { get; private set; }

    public int Failed { get; private set; }

    public void Add(SimulationResult result)
    {
        Passed += result.Violation is null ? 1 : 0;
        Failed += result.Violation is null ? 0 : 1;
        _heights += result.Height;
        _transactions += result.TransactionsFinal;
        _highestRound = Math.Max(_highestRound, result.HighestRound);
        _slowestRecoveryMs = Math.Max(_slowestRecoveryMs, result.RecoveredInMs ?? 0);
    }

    public string Describe(TimeSpan elapsed)
    {
        int seeds = Passed + Failed;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{seeds} seeds in {elapsed.TotalSeconds:F1} s ({seeds / elapsed.TotalSeconds:F1} a second): {_heights} "
            + $"blocks, {_transactions} transfers, highest round {_highestRound}, slowest recovery "
            + $"{_slowestRecoveryMs / 1_000:F1} s");
    }
}
