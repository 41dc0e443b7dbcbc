namespace EnergyChain.Node.Network.Judgement;

/// <summary>What follows from a peer's score.</summary>
internal enum PeerVerdict
{
    Tolerated,

    /// <summary>A member of the council over the limit: it is read more slowly, and its operator's peers are told.</summary>
    Suspected,

    Banned,
}
