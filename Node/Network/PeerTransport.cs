using EnergyChain.Core;
using EnergyChain.Node.Network.Handshaking;
using EnergyChain.Node.Network.Wire;
using Grpc.Core;
using Grpc.Net.Client;

namespace EnergyChain.Node.Network;

/// <summary>
/// Opens HTTP/2 connections to peers, in clear text for now. Each connection is one of its own, never shared from a
/// pool: that is what keeps transactions from standing in the way of votes.
/// </summary>
internal sealed class PeerTransport(NetworkOptions options, TimeProvider time)
{
    public PeerChannel Open(PeerAddress address, ConnectionKind kind, CancellationToken cancellationToken)
    {
        bool isMain = kind == ConnectionKind.Main;
        int maxFrame = isMain ? Limits.MaxMainFrameBytes : Limits.MaxTransactionFrameBytes;
        SocketsHttpHandler handler = new()
        {
            ConnectTimeout = TimeSpan.FromMilliseconds(options.ConnectTimeoutMs),
            KeepAlivePingDelay = TimeSpan.FromMilliseconds(options.SilenceTimeoutMs),
            KeepAlivePingTimeout = TimeSpan.FromMilliseconds(options.SilenceTimeoutMs),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.Always,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            EnableMultipleHttp2Connections = false,
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
        };
        GrpcChannel channel = GrpcChannel.ForAddress("http://" + address.Endpoint, new GrpcChannelOptions
        {
            HttpHandler = handler,
            DisposeHttpClient = true,
            MaxReceiveMessageSize = maxFrame,
            MaxSendMessageSize = maxFrame,
            MaxRetryAttempts = 1,
        });
        CallOptions call = new(cancellationToken: cancellationToken);
        return new PeerChannel(
            channel,
            isMain
                ? new PeerMain.PeerMainClient(channel).Connect(call)
                : new PeerTransactions.PeerTransactionsClient(channel).Connect(call),
            time);
    }
}
