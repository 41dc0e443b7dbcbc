namespace EnergyChain.Node.Storage;

/// <summary>What a file of the data directory holds; the values stand in its header.</summary>
public enum FileKind : uint
{
    Blocks = 1,
    Receipts = 2,
    Votes = 3,
    Checkpoint = 4,
    Lookup = 5,
    SegmentIndex = 6,
    Snapshot = 7,
    Join = 8,
    TermLinks = 9,

    /// <summary>Raw readings of a site, sealed under the key of whom they are about.</summary>
    Readings = 10,

    /// <summary>Blocks to carry from one machine to another.</summary>
    ChainFile = 20,

    /// <summary>A snapshot to carry from one machine to another.</summary>
    SnapshotFile = 21,
}
