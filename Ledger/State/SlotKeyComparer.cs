using EnergyChain.Core.Numerics;

namespace EnergyChain.Ledger.State;

/// <summary>
/// Storage keys are chosen by whoever calls a contract, so their hash codes are keyed with a seed that outsiders do
/// not know: nobody can make keys that all fall into one bucket. No result depends on the seed.
/// </summary>
public sealed class SlotKeyComparer(ulong seed) : IEqualityComparer<UInt256>
{
    public bool Equals(UInt256 x, UInt256 y) => x == y;

    public int GetHashCode(UInt256 obj) => unchecked((int)(obj.Mix(seed) >> 32));
}
