namespace EnergyChain.Vm.State;

/// <summary>A point within a transaction that <see cref="StateOverlay.RevertTo"/> can go back to.</summary>
public readonly record struct StateSnapshot
{
    internal StateSnapshot(int journalLength, int logCount, long refund)
    {
        JournalLength = journalLength;
        LogCount = logCount;
        Refund = refund;
    }

    internal int JournalLength { get; }

    internal int LogCount { get; }

    internal long Refund { get; }
}
