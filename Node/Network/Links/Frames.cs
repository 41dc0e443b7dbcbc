using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Network.Wire;
using Google.Protobuf;

namespace EnergyChain.Node.Network.Links;

/// <summary>Frames and their contents.</summary>
internal static class Frames
{
    public static Frame Goodbye(DisconnectReason reason) => new()
    {
        Goodbye = new Goodbye { Reason = (uint)reason, Sentence = reason.Sentence() },
    };

    /// <summary>The canonical bytes of a value, ready for a frame and not copied again.</summary>
    public static ByteString Pack<T>(T value)
        where T : IBcsValue<T> => UnsafeByteOperations.UnsafeWrap(Bcs.Encode(value));

    /// <inheritdoc cref="Pack{T}(T)"/>
    public static ByteString Pack(Transaction transaction) => UnsafeByteOperations.UnsafeWrap(transaction.Encoded);

    public static ByteString Pack(Hash32 hash) => UnsafeByteOperations.UnsafeWrap(hash.ToArray());

    public static bool TryUnpack(ByteString bytes, out Hash32 hash)
    {
        hash = bytes.Length == Hash32.Size ? new Hash32(bytes.Span) : default;
        return bytes.Length == Hash32.Size;
    }
}
