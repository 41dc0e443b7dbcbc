namespace EnergyChain.Node.Network.Handshaking;

/// <summary>The two connections of a link.</summary>
internal enum ConnectionKind
{
    Main,
    Transactions,
}
