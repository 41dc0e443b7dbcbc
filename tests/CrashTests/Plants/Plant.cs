using EnergyChain.CrashTests.Machine;
using EnergyChain.Node.Consensus;
using EnergyChain.Node.Execution;
using EnergyChain.Simulation.Disk;

namespace EnergyChain.CrashTests.Plants;

/// <summary>A bug put in on purpose, from outside: the harness has to find it. The default has none.</summary>
internal sealed record Plant
{
    public static Plant None { get; } = new();

    /// <summary>Syncs that say that they were done and were not.</summary>
    public Func<DiskOperation, bool>? IgnoresSync { get; init; }

    /// <summary>Whether the index, and with it every client, has a block before the block log does.</summary>
    public bool IndexesBeforeLog { get; init; }

    /// <summary>Whether votes leave while their journal record is still under way.</summary>
    public bool VotesBeforeJournal { get; init; }

    public IVoteJournal Wrap(IVoteJournal journal) => VotesBeforeJournal ? new LateJournal(journal) : journal;

    public IChain Wrap(Chain chain, Promises index) =>
        IndexesBeforeLog ? new EarlyIndexChain(chain, index) : chain;
}
