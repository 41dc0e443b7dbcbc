using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Network;

/// <summary>A linked peer, as the API shows it.</summary>
/// <param name="Id">Its proven node key.</param>
/// <param name="Address">Where it was dialed, or came from.</param>
/// <param name="ListenAddress">Where it says it can be dialed; empty where it cannot.</param>
/// <param name="Role">Its role.</param>
/// <param name="Height">The highest final block that it is known to have.</param>
/// <param name="Outgoing">Whether this node dialed.</param>
/// <param name="ConnectedSince">When the handshake ended.</param>
/// <param name="BytesIn">Bytes of frames received.</param>
/// <param name="BytesOut">Bytes of frames sent.</param>
/// <param name="FramesDropped">Frames that were not sent because the peer read too slowly.</param>
/// <param name="TransactionsRefused">Its transactions that the pool refused.</param>
public sealed record PeerInfo(
    PeerId Id,
    string Address,
    string ListenAddress,
    PeerRole Role,
    Height Height,
    bool Outgoing,
    DateTimeOffset ConnectedSince,
    long BytesIn,
    long BytesOut,
    long FramesDropped,
    long TransactionsRefused);
