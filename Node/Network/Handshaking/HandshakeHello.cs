using EnergyChain.Core;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Network.Handshaking;

/// <summary>What a node says of itself first. Both sides sign both hellos, so none of it can be changed.</summary>
internal sealed record HandshakeHello : IBcsValue<HandshakeHello>
{
    /// <summary>The protocol that this code speaks; 1 was in clear text.</summary>
    public const uint CurrentVersion = 2;

    public uint Version { get; init; } = CurrentVersion;

    public required ConnectionKind Kind { get; init; }

    public required PublicKey NodeKey { get; init; }

    /// <summary>32 random bytes, never used twice.</summary>
    public required Hash32 Nonce { get; init; }

    public required ChainId ChainId { get; init; }

    public required Hash32 GenesisHash { get; init; }

    public required PeerRole Role { get; init; }

    public required Height Head { get; init; }

    /// <summary>Where the node can be dialed, host:port; empty where it cannot.</summary>
    public required string ListenAddress { get; init; }

    /// <summary>The link that a transaction connection belongs to; zero on a main connection.</summary>
    public Hash32 LinkId { get; init; }

    /// <summary>
    /// Hash of the keys of the channel's certificates, as <see cref="Secure.ChannelBinding"/> has it.
    /// </summary>
    public required Hash32 ChannelBinding { get; init; }

    /// <summary>The version, which stands first in every version of the format.</summary>
    public static uint VersionOf(ReadOnlySpan<byte> bytes) => new BcsReader(bytes).ReadU32();

    public static HandshakeHello Decode(ref BcsReader reader) => new()
    {
        Version = reader.ReadU32(),
        Kind = (ConnectionKind)reader.ReadLength((int)ConnectionKind.Transactions),
        NodeKey = reader.ReadPublicKey(),
        Nonce = reader.ReadHash(),
        ChainId = new ChainId(reader.ReadU64()),
        GenesisHash = reader.ReadHash(),
        Role = (PeerRole)reader.ReadLength((int)PeerRole.Consensus),
        Head = new Height(reader.ReadU64()),
        ListenAddress = reader.ReadString(Limits.MaxPeerAddressBytes),
        LinkId = reader.ReadHash(),
        ChannelBinding = reader.ReadHash(),
    };

    /// <summary>What a side signs: which side it is and both hellos, so that no signature can be reflected.</summary>
    public static byte[] SignedBytes(bool byListener, ReadOnlySpan<byte> dialer, ReadOnlySpan<byte> listener)
    {
        BcsWriter writer = new(dialer.Length + listener.Length + 8);
        writer.WriteBool(byListener);
        writer.WriteBytes(dialer);
        writer.WriteBytes(listener);
        return writer.ToArray();
    }

    public void Encode(BcsWriter writer)
    {
        writer.WriteU32(Version);
        writer.WriteLength((int)Kind);
        writer.WritePublicKey(NodeKey);
        writer.WriteHash(Nonce);
        writer.WriteU64(ChainId.Value);
        writer.WriteHash(GenesisHash);
        writer.WriteLength((int)Role);
        writer.WriteU64(Head.Value);
        writer.WriteString(ListenAddress);
        writer.WriteHash(LinkId);
        writer.WriteHash(ChannelBinding);
    }
}
