using EnergyChain.Node.Network.Links;
using EnergyChain.Node.Network.Wire;
using Grpc.Core;
using Grpc.Net.Client;

namespace EnergyChain.Node.Network;

/// <summary>A dialed connection: one HTTP/2 connection with one call on it.</summary>
internal sealed class PeerChannel(GrpcChannel channel, AsyncDuplexStreamingCall<Frame, Frame> call, TimeProvider time)
    : IDisposable
{
    public IFrameStream Stream { get; } = new ClientFrameStream(call, time);

    public void Dispose()
    {
        call.Dispose();
        channel.Dispose();
    }
}
