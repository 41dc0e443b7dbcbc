using EnergyChain.Node.Network.Secure;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace EnergyChain.Node.Network;

/// <summary>
/// Every limit of the server that a stranger can push against, set and none left at "unlimited". Kestrel has one set
/// of limits for all its ports, so they also hold for a public API in the same host. gRPC bounds each message; bodies
/// as a whole cannot be bounded, as a link is one body that never ends.
/// </summary>
public static class KestrelPeerLimits
{
    /// <summary>HTTP/2 streams on one connection: peers need one, API clients a few.</summary>
    public const int MaxStreamsPerConnection = 100;

    private const int HeaderBytes = 16 * 1024;
    private const int StreamWindowBytes = 1024 * 1024;
    private const int ConnectionWindowBytes = 2 * 1024 * 1024;

    /// <summary>Sets the limits of the server.</summary>
    /// <param name="kestrel">The server's options.</param>
    /// <param name="maxConnections">TCP connections at a time over all ports; a peer link takes two.</param>
    public static void Apply(KestrelServerOptions kestrel, int maxConnections = 1_024)
    {
        kestrel.AddServerHeader = false;
        KestrelServerLimits limits = kestrel.Limits;
        limits.MaxConcurrentConnections = maxConnections;
        limits.MaxConcurrentUpgradedConnections = 0;
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(130);
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.MaxRequestHeaderCount = 64;
        limits.MaxRequestHeadersTotalSize = HeaderBytes;
        limits.MaxRequestLineSize = 2 * 1024;
        limits.MaxRequestBufferSize = StreamWindowBytes;
        limits.MaxResponseBufferSize = 64 * 1024;
        limits.Http2.MaxStreamsPerConnection = MaxStreamsPerConnection;
        limits.Http2.HeaderTableSize = 4 * 1024;
        limits.Http2.MaxFrameSize = 16 * 1024;
        limits.Http2.MaxRequestHeaderFieldSize = 4 * 1024;
        limits.Http2.InitialStreamWindowSize = StreamWindowBytes;
        limits.Http2.InitialConnectionWindowSize = ConnectionWindowBytes;
        limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(10);
        limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(10);
    }

    /// <summary>
    /// Makes a port one for peers: the gate that counts strangers, then TLS, then HTTP/2. The host must have the peer
    /// network's services.
    /// </summary>
    public static void UsePeerProtocol(this ListenOptions listen)
    {
        IServiceProvider services = listen.ApplicationServices;
        NetworkOptions options = services.GetRequiredService<NetworkOptions>();
        listen.Protocols = HttpProtocols.Http2;
        listen.Use(next =>
        {
            // Not before the node starts: the gate rests on the chain, which is opened then.
            ConnectionGate gate = services.GetRequiredService<ConnectionGate>();
            return context => gate.RunAsync(context, next);
        });
        listen.UseHttps(PeerTls.ForListening(
            services.GetRequiredService<PeerCertificate>(), TimeSpan.FromMilliseconds(options.TlsTimeoutMs)));
    }
}
