using System.Net.Security;
using System.Net.Sockets;
using EnergyChain.Node.Network;
using EnergyChain.Node.Network.Secure;
using Grpc.Net.Client;

namespace EnergyChain.Node.Tests.Network;

/// <summary>A TLS connection to a node's peer port, with whatever on it that a test puts there.</summary>
internal sealed class RawTls : IDisposable
{
    private RawTls(SslStream stream, PeerAddress address)
    {
        Stream = stream;
        Address = address;
    }

    public SslStream Stream { get; }

    private PeerAddress Address { get; }

    public static Task<RawTls> ConnectAsync(PeerAddress address) => ConnectAsync(address, PeerCertificate.Create());

    public static async Task<RawTls> ConnectAsync(PeerAddress address, PeerCertificate certificate)
    {
        TcpClient client = new();
        await client.ConnectAsync(address.Host, address.Port);
        SslStream stream = new(client.GetStream());
        await TestNode.Within(stream.AuthenticateAsClientAsync(PeerTls.ForDialing(certificate)));
        return new RawTls(stream, address);
    }

    /// <summary>A gRPC channel over this connection without limits of its own.</summary>
    public GrpcChannel OpenChannel() => GrpcChannel.ForAddress("https://" + Address.Endpoint, new GrpcChannelOptions
    {
        HttpHandler = new SocketsHttpHandler { ConnectCallback = (_, _) => ValueTask.FromResult<Stream>(Stream) },
        DisposeHttpClient = true,
        MaxSendMessageSize = null,
        MaxReceiveMessageSize = null,
    });

    public void Dispose() => Stream.Dispose();
}
