namespace EnergyChain.Node.Network;

/// <summary>What a node does on its chain.</summary>
public enum PeerRole
{
    /// <summary>Follows, verifies, serves and forwards; never votes. Anyone may run one.</summary>
    Relay,

    /// <summary>A member of the council: proposes and votes.</summary>
    Consensus,
}
