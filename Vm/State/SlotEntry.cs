using EnergyChain.Core.Numerics;

namespace EnergyChain.Vm.State;

/// <summary>A storage slot inside an overlay.</summary>
internal struct SlotEntry
{
    public UInt256 Key;

    /// <summary>The value before the block.</summary>
    public UInt256 Before;

    /// <summary>The value before the running transaction, if <see cref="OriginalStamp"/> is its number.</summary>
    public UInt256 Original;

    public UInt256 Current;
    public uint OriginalStamp;
    public uint WarmStamp;
    public int Account;

    /// <summary>The next slot of the same account.</summary>
    public int Next;
}
