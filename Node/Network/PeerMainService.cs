using EnergyChain.Node.Network.Handshaking;
using EnergyChain.Node.Network.Links;
using EnergyChain.Node.Network.Wire;
using Grpc.Core;

namespace EnergyChain.Node.Network;

/// <summary>Connection A, listener's side.</summary>
internal sealed class PeerMainService(PeerConnector connector, TimeProvider time) : PeerMain.PeerMainBase
{
    public override Task Connect(
        IAsyncStreamReader<Frame> requestStream,
        IServerStreamWriter<Frame> responseStream,
        ServerCallContext context) =>
        connector.AcceptAsync(
            ConnectionKind.Main, new ServerFrameStream(requestStream, responseStream, context, time), context.Peer);
}
