using System.Net;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Network.Links;
using EnergyChain.Node.Network.Wire;
using Grpc.Core;
using Grpc.Net.Client;

namespace EnergyChain.Node.Network;

/// <summary>A dialed connection: one HTTP/2 connection over TLS with one call on it.</summary>
internal sealed class PeerChannel(
    Stream tls,
    GrpcChannel channel,
    AsyncDuplexStreamingCall<Frame, Frame> call,
    Hash32 channelBinding,
    IPAddress? host,
    TimeProvider time) : IDisposable
{
    public IFrameStream Stream { get; } = new ClientFrameStream(call, channelBinding, time);

    /// <summary>Where the peer is.</summary>
    public IPAddress? Host => host;

    public void Dispose()
    {
        call.Dispose();
        channel.Dispose();
        tls.Dispose();
    }
}
