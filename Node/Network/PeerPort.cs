using EnergyChain.Node.Network.Handshaking;
using EnergyChain.Node.Network.Links;
using EnergyChain.Node.Network.Secure;
using EnergyChain.Node.Network.Wire;
using Grpc.Core;

namespace EnergyChain.Node.Network;

/// <summary>
/// The peer port, behind TLS: one stream a connection, peers' services only, and those nowhere else. Which port a
/// request came in by is told by its connection; the host header is whatever the client writes.
/// </summary>
internal sealed class PeerPort(
    PeerConnector connector, ConnectionGate gate, PeerCertificate certificate, TimeProvider time)
{
    /// <summary>What marks the endpoints of peers.</summary>
    public sealed record Mark;

    /// <summary>Answers 404 to what came in by the wrong port.</summary>
    public static Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        bool forPeers = context.GetEndpoint()?.Metadata.GetMetadata<Mark>() is not null;
        bool byPeer = context.Features.Get<PeerConnection>() is not null;
        if (forPeers == byPeer)
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    /// <summary>Runs one connection to its end.</summary>
    public async Task ServeAsync(
        ConnectionKind kind,
        IAsyncStreamReader<Frame> reader,
        IServerStreamWriter<Frame> writer,
        ServerCallContext context)
    {
        PeerConnection connection = context.GetHttpContext().Features.Get<PeerConnection>()
            ?? throw new RpcException(new Grpc.Core.Status(StatusCode.Unimplemented, "This is no port for peers."));
        if (!connection.TryBeginStream())
        {
            gate.OnSecondStream(connection);
            return;
        }

        ServerFrameStream stream = new(reader, writer, context, connection.BindingWith(certificate), time);
        await connector.AcceptAsync(kind, stream, connection, context.Peer);
    }
}
