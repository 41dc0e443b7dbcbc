namespace EnergyChain.Node.Network;

/// <summary>Takes reports of what peers did. Thread-safe; never blocks.</summary>
public interface IPeerJudge
{
    /// <summary>
    /// Adds to the peer's score, which fades with time. Over the limit its link is closed and its key banned until an
    /// expiry that survives a restart; a member of the council is read more slowly instead.
    /// </summary>
    void Report(PeerId peer, PeerOffence offence);
}
