using EnergyChain.Core.Primitives;
using EnergyChain.Core.Proofs;

namespace EnergyChain.Ledger.Tree;

/// <summary>
/// The changes of a batch that fall under one subtree, in the order of their keys. In a unit of
/// <see cref="PendingHashes"/> with the hashes of the leaves that they set.
/// </summary>
internal readonly ref struct Stretch(ReadOnlySpan<TreeChange> changes, ReadOnlySpan<Hash32> leafHashes)
{
    public readonly ReadOnlySpan<TreeChange> Changes = changes;

    private readonly ReadOnlySpan<Hash32> _leafHashes = leafHashes;

    /// <summary>Whether the hashes of inner nodes are put off. Only of a stretch that is not empty.</summary>
    public bool IsInUnit => !_leafHashes.IsEmpty;

    /// <summary>The hash of the leaf that the first change sets.</summary>
    public Hash32 LeafHash(in TreeLeaf leaf) => IsInUnit ? _leafHashes[0] : leaf.Hash;

    /// <summary>The changes under the left child of the subtree at a depth, and those under the right one.</summary>
    public void Split(int depth, out Stretch left, out Stretch right)
    {
        int split = SplitAt(depth);
        left = new Stretch(Changes[..split], IsInUnit ? _leafHashes[..split] : default);
        right = new Stretch(Changes[split..], IsInUnit ? _leafHashes[split..] : default);
    }

    /// <summary>How many of the changes, equal in all higher bits, have a 0 at the depth.</summary>
    private int SplitAt(int depth)
    {
        int low = 0;
        int high = Changes.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (Changes[middle].Key.Bit(depth))
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }
}
