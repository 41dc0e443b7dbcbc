using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Execution;

/// <summary>A storage slot of an account, ordered as the changes of a block are.</summary>
internal readonly record struct SlotKey(Address Address, UInt256 Key) : IComparable<SlotKey>
{
    public int CompareTo(SlotKey other)
    {
        int order = Address.CompareTo(other.Address);
        return order != 0 ? order : Key.CompareTo(other.Key);
    }
}
