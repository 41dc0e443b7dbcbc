using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using EnergyChain.Core;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Network.Handshaking;
using EnergyChain.Node.Network.Secure;
using EnergyChain.Node.Network.Wire;
using Grpc.Core;
using Grpc.Net.Client;

namespace EnergyChain.Node.Network;

/// <summary>
/// Opens connections to peers: TCP, TLS, HTTP/2. Each connection is one of its own, never shared from a pool and never
/// made anew behind our back: that keeps transactions from standing in the way of votes, and the handshake on the
/// channel that it is bound to.
/// </summary>
internal sealed class PeerTransport(PeerCertificate certificate, NetworkOptions options, TimeProvider time)
{
    /// <summary>
    /// Throws <see cref="SocketException"/>, <see cref="IOException"/>, <see cref="OperationCanceledException"/> or
    /// <see cref="AuthenticationException"/> where no channel comes up.
    /// </summary>
    public async Task<PeerChannel> OpenAsync(
        PeerAddress address, ConnectionKind kind, CancellationToken cancellationToken)
    {
        (SslStream tls, IPAddress? host) = await ConnectAsync(address, cancellationToken);
        try
        {
            return Call(tls, host, address, kind, cancellationToken);
        }
        catch
        {
            await tls.DisposeAsync();
            throw;
        }
    }

    private async Task<(SslStream Tls, IPAddress? Host)> ConnectAsync(
        PeerAddress address, CancellationToken cancellationToken)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        SslStream? tls = null;
        try
        {
            using CancellationTokenSource patience = new(TimeSpan.FromMilliseconds(options.ConnectTimeoutMs), time);
            using CancellationTokenSource either =
                CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            await socket.ConnectAsync(address.Host, address.Port, either.Token);
            tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
            patience.CancelAfter(TimeSpan.FromMilliseconds(options.TlsTimeoutMs));
            await tls.AuthenticateAsClientAsync(PeerTls.ForDialing(certificate), either.Token);
            if (tls.NegotiatedApplicationProtocol != SslApplicationProtocol.Http2)
            {
                throw new AuthenticationException("The other side does not speak HTTP/2.");
            }

            return (tls, socket.RemoteEndPoint is IPEndPoint remote ? AddressGroups.HostOf(remote.Address) : null);
        }
        catch
        {
            tls?.Dispose();
            socket.Dispose();
            throw;
        }
    }

    private PeerChannel Call(
        SslStream tls, IPAddress? host, PeerAddress address, ConnectionKind kind, CancellationToken cancellationToken)
    {
        bool isMain = kind == ConnectionKind.Main;
        int maxFrame = isMain ? Limits.MaxMainFrameBytes : Limits.MaxTransactionFrameBytes;
        GrpcChannel channel = GrpcChannel.ForAddress("https://" + address.Endpoint, new GrpcChannelOptions
        {
            HttpHandler = MakeHandler(tls),
            DisposeHttpClient = true,
            MaxReceiveMessageSize = maxFrame,
            MaxSendMessageSize = maxFrame,
            MaxRetryAttempts = 1,
        });
        CallOptions call = new(cancellationToken: cancellationToken);
        return new PeerChannel(
            tls,
            channel,
            isMain
                ? new PeerMain.PeerMainClient(channel).Connect(call)
                : new PeerTransactions.PeerTransactionsClient(channel).Connect(call),
            BindingOf(tls),
            host,
            time);
    }

    private SocketsHttpHandler MakeHandler(SslStream tls)
    {
        Stream? once = tls;
        return new SocketsHttpHandler
        {
            ConnectCallback = (_, _) => Interlocked.Exchange(ref once, null) is { } only
                ? ValueTask.FromResult(only)
                : ValueTask.FromException<Stream>(new IOException("A link's connection is never made anew.")),
            KeepAlivePingDelay = TimeSpan.FromMilliseconds(options.SilenceTimeoutMs),
            KeepAlivePingTimeout = TimeSpan.FromMilliseconds(options.SilenceTimeoutMs),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.Always,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            MaxResponseHeadersLength = 16,
            EnableMultipleHttp2Connections = false,
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
        };
    }

    private Hash32 BindingOf(SslStream tls) => tls.RemoteCertificate is X509Certificate2 theirs
        ? ChannelBinding.Of(certificate.PublicKey, theirs.PublicKey.ExportSubjectPublicKeyInfo())
        : throw new AuthenticationException("The other side has no certificate.");
}
