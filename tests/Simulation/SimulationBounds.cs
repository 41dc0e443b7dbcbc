namespace EnergyChain.Simulation;

/// <summary>What memory a node may hold in a run, and how long a healed council may take, by name.</summary>
public static class SimulationBounds
{
    /// <summary>Bytes after which a node drops old heights from its vote journal: small, so that it happens.</summary>
    public const int JournalBytes = 16 * 1024;

    public const int CheckpointBlocks = 7;

    public const int SegmentBytes = 24 * 1024;

    public const int LookupEntries = 32;

    public const int PoolTransactions = 256;

    /// <summary>Timers of one height: three a round and a retry for each block that waits.</summary>
    public const int Timers = 256;

    /// <summary>Proposals kept: two a round in the window of rounds.</summary>
    public const int Proposals = 2 * (64 + 64 + 3);

    /// <summary>Bodies kept for the proposals of a height.</summary>
    public const int Bodies = 4_096;

    /// <summary>Messages under way or waiting for a paused node; beyond them the network drops.</summary>
    public const int MessagesWaiting = 4_096;

    /// <summary>Events of one run; more is a loop that never ends.</summary>
    public const long Events = 5_000_000;

    /// <summary>The capped length of a round: propose, prevote and precommit of five seconds each.</summary>
    public const int LongestRoundMs = 3 * 5_000;

    /// <summary>
    /// Rounds that a healed core may take on top of one for each member: one to meet in, one for a lock that the first
    /// proposers do not know of.
    /// </summary>
    public const int SpareRounds = 2;
}
