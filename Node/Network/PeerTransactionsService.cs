using EnergyChain.Node.Network.Handshaking;
using EnergyChain.Node.Network.Links;
using EnergyChain.Node.Network.Wire;
using Grpc.Core;

namespace EnergyChain.Node.Network;

/// <summary>Connection B, listener's side.</summary>
internal sealed class PeerTransactionsService(PeerConnector connector, TimeProvider time)
    : PeerTransactions.PeerTransactionsBase
{
    public override Task Connect(
        IAsyncStreamReader<Frame> requestStream,
        IServerStreamWriter<Frame> responseStream,
        ServerCallContext context) =>
        connector.AcceptAsync(
            ConnectionKind.Transactions,
            new ServerFrameStream(requestStream, responseStream, context, time),
            context.Peer);
}
