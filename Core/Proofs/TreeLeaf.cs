using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Proofs;

/// <summary>A leaf of the state tree: the hash of a key and the hash of its value.</summary>
public readonly record struct TreeLeaf(Hash32 Key, Hash32 ValueHash) : IBcsValue<TreeLeaf>
{
    /// <summary>H(0x00 || key || value hash).</summary>
    public Hash32 Hash
    {
        get
        {
            Span<byte> bytes = stackalloc byte[1 + (2 * Hash32.Size)];
            bytes[0] = 0;
            Key.CopyTo(bytes[1..]);
            ValueHash.CopyTo(bytes[(1 + Hash32.Size)..]);
            return Blake2b.Hash(bytes);
        }
    }

    public static TreeLeaf Decode(ref BcsReader reader) => new(reader.ReadHash(), reader.ReadHash());

    public void Encode(BcsWriter writer)
    {
        writer.WriteHash(Key);
        writer.WriteHash(ValueHash);
    }
}
