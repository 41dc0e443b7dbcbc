namespace EnergyChain.Node.Network.Sync;

/// <summary>What a look at the peers' heights showed.</summary>
internal enum LagChange
{
    None,

    /// <summary>The node has fallen behind and begins to ask.</summary>
    Begins,

    /// <summary>The node is where the peers are that it may ask.</summary>
    Ends,
}
