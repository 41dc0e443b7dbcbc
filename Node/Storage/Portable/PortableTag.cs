namespace EnergyChain.Node.Storage.Portable;

/// <summary>What a record of a portable file holds: its first byte.</summary>
internal enum PortableTag : byte
{
    /// <summary>First and last height, u64 each.</summary>
    Range = 0,

    /// <summary>A change of the term before the first block: a <see cref="Core.Chain.TermLink"/>.</summary>
    TermLink = 1,

    /// <summary>
    /// A height, u64, and the canonical bytes of the block with its certificate, as in the block log.
    /// </summary>
    Block = 2,

    /// <summary>The cut of a snapshot.</summary>
    Frontier = 3,

    /// <summary>A chunk of a snapshot; they come in the order of the frontier.</summary>
    Chunk = 4,

    /// <summary>Code that an account of the snapshot carries.</summary>
    Code = 5,

    /// <summary>The number of records before it, u64, and the digest of them all.</summary>
    End = 9,
}
