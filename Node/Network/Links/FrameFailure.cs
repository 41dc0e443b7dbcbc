using System.Net.Sockets;
using System.Security.Authentication;
using Google.Protobuf;
using Grpc.Core;

namespace EnergyChain.Node.Network.Links;

/// <summary>What the transport throws for things that any peer can cause.</summary>
internal static class FrameFailure
{
    public static bool IsExpected(Exception failure) => failure is
        RpcException or IOException or OperationCanceledException or TimeoutException or ObjectDisposedException
        or InvalidOperationException or InvalidProtocolBufferException or HttpRequestException or SocketException
        or AuthenticationException;

    public static DisconnectReason ReasonOf(Exception failure) => failure switch
    {
        InvalidProtocolBufferException => DisconnectReason.BadFrame,
        AuthenticationException => DisconnectReason.TlsFailed,
        RpcException { StatusCode: StatusCode.ResourceExhausted } => DisconnectReason.FrameTooLarge,
        RpcException { StatusCode: StatusCode.Internal, Status.DebugException: InvalidProtocolBufferException } =>
            DisconnectReason.BadFrame,
        _ => DisconnectReason.ConnectionLost,
    };
}
