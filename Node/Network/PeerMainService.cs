using EnergyChain.Node.Network.Handshaking;
using EnergyChain.Node.Network.Wire;
using Grpc.Core;

namespace EnergyChain.Node.Network;

/// <summary>Connection A, listener's side.</summary>
internal sealed class PeerMainService(PeerPort port) : PeerMain.PeerMainBase
{
    public override Task Connect(
        IAsyncStreamReader<Frame> requestStream,
        IServerStreamWriter<Frame> responseStream,
        ServerCallContext context) =>
        port.ServeAsync(ConnectionKind.Main, requestStream, responseStream, context);
}
