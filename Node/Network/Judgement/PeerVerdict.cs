namespace EnergyChain.Node.Network.Judgement;

/// <summary>What follows from a peer's score.</summary>
internal enum PeerVerdict
{
    Tolerated,

    /// <summary>A member of the council over the limit: it is read more slowly and named in the log.</summary>
    Suspected,

    Banned,
}
