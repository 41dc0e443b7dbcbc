using EnergyChain.Core.Primitives;

namespace EnergyChain.Ledger.Tree;

/// <summary>What a block makes of one key of the state tree. Ordered by key.</summary>
/// <param name="Key">Hash of the key.</param>
/// <param name="ValueHash">Hash of the new value; 32 zero bytes delete the key.</param>
public readonly record struct TreeChange(Hash32 Key, Hash32 ValueHash) : IComparable<TreeChange>
{
    public bool IsDelete => ValueHash.IsZero;

    public static TreeChange Delete(Hash32 key) => new(key, Hash32.Zero);

    public int CompareTo(TreeChange other) => Key.CompareTo(other.Key);
}
