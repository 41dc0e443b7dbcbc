using System.Buffers.Binary;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Storage.Lookup;

/// <summary>Where a block or a transaction stands in the chain. Ordered by hash.</summary>
/// <param name="Key">Block hash or transaction id.</param>
/// <param name="Height">The block.</param>
/// <param name="Index">Position of the transaction; <see cref="BlockItself"/> for the block.</param>
public readonly record struct LookupEntry(Hash32 Key, Height Height, uint Index) : IComparable<LookupEntry>
{
    /// <summary>The index that stands for the block, not a transaction in it.</summary>
    public const uint BlockItself = uint.MaxValue;

    internal const int Size = Hash32.Size + sizeof(ulong) + sizeof(uint);

    /// <summary>The block's own entry and those of its transactions, in their order.</summary>
    internal static IEnumerable<LookupEntry> Of(Block block)
    {
        yield return new LookupEntry(block.Hash, block.Height, BlockItself);
        for (int i = 0; i < block.Transactions.Count; i++)
        {
            yield return new LookupEntry(block.Transactions[i].Id, block.Height, (uint)i);
        }
    }

    public int CompareTo(LookupEntry other) => Key.CompareTo(other.Key);

    internal static LookupEntry Read(ReadOnlySpan<byte> bytes) => new(
        new Hash32(bytes[..Hash32.Size]),
        new Height(BinaryPrimitives.ReadUInt64LittleEndian(bytes[Hash32.Size..])),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[(Hash32.Size + sizeof(ulong))..]));

    internal void Write(Span<byte> bytes)
    {
        Key.CopyTo(bytes);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[Hash32.Size..], Height.Value);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[(Hash32.Size + sizeof(ulong))..], Index);
    }
}
