namespace EnergyChain.Node.Network.Links;

/// <summary>What a full lane of an outgoing queue drops.</summary>
internal enum FullMode
{
    /// <summary>What waits longest: old votes matter least.</summary>
    DropOldest,

    /// <summary>What comes now: an answer is asked for again elsewhere.</summary>
    DropNewest,
}
