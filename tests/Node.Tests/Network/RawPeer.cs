using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Network;
using EnergyChain.Node.Network.Handshaking;
using EnergyChain.Node.Network.Links;
using EnergyChain.Node.Network.Secure;
using EnergyChain.Node.Network.Wire;
using EnergyChain.Node.Tests.Fakes;
using Google.Protobuf;

namespace EnergyChain.Node.Tests.Network;

/// <summary>A peer that says whatever a test wants it to say.</summary>
internal sealed class RawPeer : IDisposable
{
    private static readonly NetworkOptions Options = new();

    private static readonly PeerCertificate Certificate = PeerCertificate.Create();

    private readonly PeerChannel _channel;

    public RawPeer(PeerAddress address, ConnectionKind kind = ConnectionKind.Main, PeerCertificate? certificate = null)
    {
        Kind = kind;
        PeerTransport transport = new(certificate ?? Certificate, Options, TimeProvider.System);
        _channel = transport.OpenAsync(address, kind, CancellationToken.None).GetAwaiter().GetResult();
    }

    public ConnectionKind Kind { get; }

    public IFrameStream Stream => _channel.Stream;

    /// <summary>A hello that belongs to this connection, of a relay.</summary>
    public HandshakeHello Hello(FakeChain chain, SigningKey key) => new()
    {
        Kind = Kind,
        NodeKey = key.PublicKey,
        Nonce = Blake2b.Hash(Guid.NewGuid().ToByteArray()),
        ChainId = chain.Genesis.ChainId,
        GenesisHash = chain.Genesis.Hash,
        Role = PeerRole.Relay,
        Head = Height.Genesis,
        ListenAddress = "",
        ChannelBinding = Stream.ChannelBinding,
    };

    public static Frame FrameOf(HandshakeHello hello) => FrameOf(Bcs.Encode(hello));

    public static Frame FrameOf(byte[] hello) => new() { Hello = new Hello { Hello_ = ByteString.CopyFrom(hello) } };

    /// <summary>Sends a frame and gives the answer's reason; none where it is no goodbye.</summary>
    public async Task<DisconnectReason> SayAsync(Frame frame)
    {
        await TestNode.Within(Stream.WriteAsync(frame));
        return await ReasonAsync();
    }

    public async Task<DisconnectReason> ReasonAsync()
    {
        Frame? answer = await TestNode.Within(Stream.ReadAsync());
        return answer?.ContentCase == Frame.ContentOneofCase.Goodbye
            ? (DisconnectReason)answer.Goodbye.Reason
            : DisconnectReason.None;
    }

    /// <summary>A right handshake with the key of a relay, or of a validator where it has a seat.</summary>
    public Task<HandshakeOutcome> ShakeAsync(FakeChain chain, SigningKey key, Hash32 linkId = default)
    {
        PeerRole role = chain.Genesis.Council.IndexOf(key.PublicKey) >= 0 ? PeerRole.Consensus : PeerRole.Relay;
        Handshaker handshaker = new(new PeerIdentity(key, role), chain, Options);
        return TestNode.Within(handshaker.DialAsync(Stream, Kind, linkId, null));
    }

    /// <summary>Reads until the goodbye, past all else.</summary>
    public async Task<DisconnectReason> FarewellAsync()
    {
        while (await TestNode.Within(Stream.ReadAsync()) is { } frame)
        {
            if (frame.ContentCase == Frame.ContentOneofCase.Goodbye)
            {
                return (DisconnectReason)frame.Goodbye.Reason;
            }
        }

        return DisconnectReason.ConnectionLost;
    }

    public void Dispose() => _channel.Dispose();
}
