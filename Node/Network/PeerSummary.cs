using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Network;

/// <summary>One peer for display.</summary>
/// <param name="Id">Its node key.</param>
/// <param name="Endpoint">host:port of the link.</param>
/// <param name="Role">"consensus" or "relay".</param>
/// <param name="Height">The height that it last told of.</param>
/// <param name="Connected">Whether the link is up.</param>
/// <param name="Outbound">Whether this node opened it.</param>
/// <param name="ConnectedSinceMs">Since when it is up, in milliseconds since 1970; 0 where it is not.</param>
/// <param name="BytesIn">Bytes of frames received on the link.</param>
/// <param name="BytesOut">Bytes of frames sent on the link.</param>
/// <param name="FramesDropped">Frames that were not sent because the peer read too slowly.</param>
/// <param name="TransactionsRefused">Its transactions that the pool refused.</param>
/// <param name="Score">Points for what it did; it fades, and at 100 the peer is banned.</param>
public sealed record PeerSummary(
    PeerId Id,
    string Endpoint,
    string Role,
    Height Height,
    bool Connected,
    bool Outbound,
    ulong ConnectedSinceMs,
    long BytesIn = 0,
    long BytesOut = 0,
    long FramesDropped = 0,
    long TransactionsRefused = 0,
    int Score = 0);
