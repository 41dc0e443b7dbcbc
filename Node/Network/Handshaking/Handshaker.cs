using System.Security.Cryptography;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Network.Links;
using EnergyChain.Node.Network.Wire;
using Google.Protobuf;

namespace EnergyChain.Node.Network.Handshaking;

/// <summary>
/// Both sides of the handshake: Hello, Hello with signature, Proof, Accepted. Who refuses sends a Goodbye with the
/// reason. Exceptions of the transport go through to the caller.
/// </summary>
internal sealed class Handshaker(PeerIdentity identity, IChain chain, NetworkOptions options)
{
    private readonly NonceMemory _nonces = new();
    private readonly Hash32 _genesisHash = chain.Genesis.Hash;
    private ulong _notMemberAt = ulong.MaxValue;

    /// <summary>The dialer's side, up to the listener's acceptance.</summary>
    public async Task<HandshakeOutcome> DialAsync(
        IFrameStream stream, ConnectionKind kind, Hash32 linkId, PublicKey? expectedKey)
    {
        HandshakeHello ours = MakeHello(kind, linkId, stream.ChannelBinding);
        byte[] ourBytes = Bcs.Encode(ours);
        await stream.WriteAsync(HelloFrame(ourBytes, signature: null));
        Frame? answer = await stream.ReadAsync();
        if (answer?.ContentCase != Frame.ContentOneofCase.Hello)
        {
            return Unexpected(answer);
        }

        byte[] theirBytes = answer.Hello.Hello_.ToByteArray();
        DisconnectReason reason = Check(ours, theirBytes, out HandshakeHello? theirs);
        reason = reason == DisconnectReason.None && expectedKey is { } key && theirs!.NodeKey != key
            ? DisconnectReason.WrongPeer
            : reason;
        byte[] listenerSigned = HandshakeHello.SignedBytes(byListener: true, ourBytes, theirBytes);
        if (reason == DisconnectReason.None && !SignatureHolds(theirs!, listenerSigned, answer.Hello.Signature))
        {
            reason = DisconnectReason.BadSignature;
        }

        if (reason != DisconnectReason.None)
        {
            await stream.WriteAsync(Frames.Goodbye(reason));
            return HandshakeOutcome.Refused(reason, theirs);
        }

        ByteString proof = Sign(HandshakeHello.SignedBytes(byListener: false, ourBytes, theirBytes));
        await stream.WriteAsync(new Frame { Proof = new Proof { Signature = proof } });
        Frame? verdict = await stream.ReadAsync();
        return verdict?.ContentCase == Frame.ContentOneofCase.Accepted
            ? Success(theirs!, ourBytes, theirBytes)
            : Unexpected(verdict) with { Peer = theirs };
    }

    /// <summary>The listener's side, without acceptance or refusal: those are for who admits the link.</summary>
    public async Task<HandshakeOutcome> ListenAsync(IFrameStream stream, ConnectionKind kind)
    {
        Frame? first = await stream.ReadAsync();
        if (first?.ContentCase != Frame.ContentOneofCase.Hello)
        {
            return Unexpected(first);
        }

        HandshakeHello ours = MakeHello(kind, default, stream.ChannelBinding);
        byte[] ourBytes = Bcs.Encode(ours);
        byte[] theirBytes = first.Hello.Hello_.ToByteArray();
        DisconnectReason reason = Check(ours, theirBytes, out HandshakeHello? theirs);
        if (reason != DisconnectReason.None)
        {
            return HandshakeOutcome.Refused(reason, theirs);
        }

        ByteString signature = Sign(HandshakeHello.SignedBytes(byListener: true, theirBytes, ourBytes));
        await stream.WriteAsync(HelloFrame(ourBytes, signature));
        Frame? answer = await stream.ReadAsync();
        if (answer?.ContentCase != Frame.ContentOneofCase.Proof)
        {
            return Unexpected(answer) with { Peer = theirs };
        }

        byte[] dialerSigned = HandshakeHello.SignedBytes(byListener: false, theirBytes, ourBytes);
        if (!SignatureHolds(theirs!, dialerSigned, answer.Proof.Signature))
        {
            return HandshakeOutcome.Refused(DisconnectReason.BadSignature, theirs);
        }

        return Success(theirs!, theirBytes, ourBytes);
    }

    private static Frame HelloFrame(byte[] hello, ByteString? signature) => new()
    {
        Hello = new Hello
        {
            Hello_ = UnsafeByteOperations.UnsafeWrap(hello),
            Signature = signature ?? ByteString.Empty,
        },
    };

    private static HandshakeOutcome Success(HandshakeHello peer, byte[] dialer, byte[] listener) => new(
        DisconnectReason.None,
        "",
        false,
        peer,
        Blake2b.Hash(HandshakeHello.SignedBytes(byListener: true, dialer, listener)));

    private HandshakeOutcome Unexpected(Frame? frame)
    {
        if (frame is null)
        {
            return HandshakeOutcome.Refused(DisconnectReason.ConnectionLost);
        }

        if (frame.ContentCase != Frame.ContentOneofCase.Goodbye)
        {
            return HandshakeOutcome.Refused(DisconnectReason.UnexpectedFrame);
        }

        // Whatever the peer claims, it was a refusal; the text goes to a log and so is cut and kept to one line.
        DisconnectReason claimed = (DisconnectReason)Math.Min(frame.Goodbye.Reason, int.MaxValue);
        DisconnectReason reason = Enum.IsDefined(claimed) && claimed != DisconnectReason.None
            ? claimed
            : DisconnectReason.ConnectionLost;
        if (reason == DisconnectReason.NotCouncilMember)
        {
            Volatile.Write(ref _notMemberAt, chain.Head.Height.Value);
        }

        return new HandshakeOutcome(reason, PeerText.Clean(frame.Goodbye.Sentence), true, null, default);
    }

    private DisconnectReason Check(HandshakeHello ours, byte[] theirBytes, out HandshakeHello? theirs)
    {
        DisconnectReason reason = HandshakeRules.Check(ours, theirBytes, chain.Head.Council, out theirs);
        if (reason == DisconnectReason.NotCouncilMember && options.AllowedPeers?.Contains(theirs!.NodeKey) == true)
        {
            // Named by our operator: one that has left the council, or is not in it yet. It has no member's rights.
            reason = DisconnectReason.None;
        }

        return reason == DisconnectReason.None && !_nonces.TryUse(theirs!.Nonce)
            ? DisconnectReason.ReplayedNonce
            : reason;
    }

    private HandshakeHello MakeHello(ConnectionKind kind, Hash32 linkId, Hash32 channelBinding)
    {
        ChainHead head = chain.Head;
        PeerRole role = RoleNow(head);
        return new HandshakeHello
        {
            Kind = kind,
            NodeKey = identity.Key.PublicKey,
            Nonce = new Hash32(RandomNumberGenerator.GetBytes(Hash32.Size)),
            ChainId = chain.Genesis.ChainId,
            GenesisHash = _genesisHash,
            Role = role,
            Head = head.Height,

            // Relays tell of each other; where a validator listens is its operator's business, in the council or not.
            ListenAddress = role == identity.Role ? options.AdvertisedAddress : "",
            LinkId = linkId,
            ChannelBinding = channelBinding,
        };
    }

    // Who is not, or not yet, in the council comes as a relay and follows the chain; so does who hears that it is none
    // any more before its own chain has come that far.
    private PeerRole RoleNow(ChainHead head) =>
        head.Council.IndexOf(identity.Key.PublicKey) >= 0 && Volatile.Read(ref _notMemberAt) != head.Height.Value
            ? identity.Role
            : PeerRole.Relay;

    private ByteString Sign(byte[] bytes) => UnsafeByteOperations.UnsafeWrap(
        identity.Key.Sign(SigningDomain.Handshake, chain.Genesis.ChainId, bytes).ToArray());

    private bool SignatureHolds(HandshakeHello peer, byte[] signed, ByteString signature) =>
        signature.Length == Signature.Size
        && SignatureCheck.Holds(
            SigningDomain.Handshake, chain.Genesis.ChainId, signed, peer.NodeKey, new Signature(signature.Span));
}
