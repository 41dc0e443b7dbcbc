namespace EnergyChain.Node.Network.Sync;

/// <summary>What a peer did wrong while blocks were fetched.</summary>
internal enum SyncFault
{
    /// <summary>A block that does not verify. A lie.</summary>
    BadBlock,

    /// <summary>An answer that cannot be decoded, has gaps, or is not of the heights asked for. A lie.</summary>
    WrongRange,

    /// <summary>An answer to what it was not asked. A lie.</summary>
    Unsolicited,

    /// <summary>Says that it has fewer blocks than it said before on the same link. A lie.</summary>
    LoweredHeight,

    /// <summary>Has none of the blocks that it said it had.</summary>
    Empty,

    /// <summary>Did not answer in time.</summary>
    Timeout,
}
