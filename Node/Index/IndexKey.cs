using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Index;

/// <summary>A list of the index and what it is for: an account, a topic, a site, a slot, an id.</summary>
internal readonly record struct IndexKey(IndexList List, UInt256 Value) : IComparable<IndexKey>
{
    public static IndexKey Of(IndexList list, Address account)
    {
        Span<byte> bytes = stackalloc byte[Address.Size];
        account.CopyTo(bytes);
        return new IndexKey(list, UInt256.FromBigEndian(bytes));
    }

    public static IndexKey Of(IndexList list, Hash32 topic)
    {
        Span<byte> bytes = stackalloc byte[Hash32.Size];
        topic.CopyTo(bytes);
        return new IndexKey(list, UInt256.FromBigEndian(bytes));
    }

    public static IndexKey Of(IndexList list, ulong number = 0) => new(list, number);

    public int CompareTo(IndexKey other)
    {
        int byList = ((byte)List).CompareTo((byte)other.List);
        return byList != 0 ? byList : Value.CompareTo(other.Value);
    }
}
