namespace EnergyChain.Simulation.Disk;

/// <summary>What a power cut leaves of the bytes of a file that were not synced.</summary>
internal enum PowerLoss
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>All: the cache had been written out.</summary>
    Everything,

    /// <summary>Any of the sectors, in no order; now and then one that is torn within.</summary>
    Sectors,

    /// <summary>Any of the writes, each whole, in no order.</summary>
    Writes,

    /// <summary>The first of them up to any byte.</summary>
    Prefix,

    /// <summary>None of the bytes, but the length that they gave the file: zeros.</summary>
    LengthAlone,
}
