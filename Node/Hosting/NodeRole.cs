namespace EnergyChain.Node.Hosting;

/// <summary>What a node does on its chain.</summary>
public enum NodeRole
{
    /// <summary>Follows, verifies, serves and forwards transactions; never votes.</summary>
    Relay,

    /// <summary>A member of the council: proposes and votes.</summary>
    Consensus,
}
