using EnergyChain.Node.Network.Handshaking;
using EnergyChain.Node.Network.Wire;
using Grpc.Core;

namespace EnergyChain.Node.Network;

/// <summary>Connection B, listener's side.</summary>
internal sealed class PeerTransactionsService(PeerPort port) : PeerTransactions.PeerTransactionsBase
{
    public override Task Connect(
        IAsyncStreamReader<Frame> requestStream,
        IServerStreamWriter<Frame> responseStream,
        ServerCallContext context) =>
        port.ServeAsync(ConnectionKind.Transactions, requestStream, responseStream, context);
}
