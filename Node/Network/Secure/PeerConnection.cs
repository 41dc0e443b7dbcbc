using System.Net;
using EnergyChain.Core.Primitives;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace EnergyChain.Node.Network.Secure;

/// <summary>
/// A connection that someone opened to the peer port. Until a node key has been proven over it, it is a stranger's, and
/// may be ended for any newer one. Thread-safe.
/// </summary>
internal sealed class PeerConnection(ConnectionContext context, IPAddress address)
{
    private const int Stranger = 0;
    private const int Admitted = 1;
    private const int Ended = 2;

    private int _state;
    private int _streams;

    public IPAddress Address { get; } = address;

    /// <summary>Whom limits count it for.</summary>
    public IPAddress Host { get; } = AddressGroups.HostOf(address);

    public bool IsAdmitted => Volatile.Read(ref _state) == Admitted;

    /// <summary>The key of its link is proven; false where it was ended a moment before.</summary>
    public bool TryAdmit() =>
        Interlocked.CompareExchange(ref _state, Admitted, Stranger) is Stranger or Admitted;

    /// <summary>A connection carries one stream; false for every other.</summary>
    public bool TryBeginStream() => Interlocked.Increment(ref _streams) == 1;

    /// <summary>Ends it as long as it is a stranger's; whether it was.</summary>
    public bool EndStranger(string why)
    {
        bool ended = Interlocked.CompareExchange(ref _state, Ended, Stranger) == Stranger;
        if (ended)
        {
            context.Abort(new ConnectionAbortedException(why));
        }

        return ended;
    }

    public void End(string why)
    {
        Volatile.Write(ref _state, Ended);
        context.Abort(new ConnectionAbortedException(why));
    }

    /// <summary>What the handshake over it is bound to; zero, which no peer has, where it has no TLS.</summary>
    public Hash32 BindingWith(PeerCertificate own) =>
        context.Features.Get<ITlsConnectionFeature>()?.ClientCertificate is { } theirs
            ? ChannelBinding.Of(theirs.PublicKey.ExportSubjectPublicKeyInfo(), own.PublicKey)
            : default;
}
