namespace EnergyChain.CrashTests.PowerCuts;

/// <summary>How a life ends.</summary>
internal enum DeathKind
{
    /// <summary>The power fails: what was not synced is lost, in part.</summary>
    PowerCut,

    /// <summary>The process is killed: what it wrote stays to be read.</summary>
    Kill,

    /// <summary>A sync fails, and what it should have written never reaches the disk.</summary>
    SyncFails,

    /// <summary>The disk is full for a while.</summary>
    DiskFull,
}
