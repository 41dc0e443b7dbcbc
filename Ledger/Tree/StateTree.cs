using EnergyChain.Core;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Core.Proofs;

namespace EnergyChain.Ledger.Tree;

/// <summary>
/// A binary sparse Merkle tree over hashed keys, in memory. An empty subtree hashes to 32 zero bytes, a subtree with
/// one leaf is that leaf, wherever it hangs; any other is H(0x01 || left || right), split at the bit of its depth. So
/// the root depends on the set of leaves alone and a path is about log2(leaves) long. (The Jellyfish Merkle tree of
/// Diem without its versions.) Updated in batches; not thread-safe, but reads may run side by side. The tree before the
/// last batch can be proven too: the last header states the root of that one.
/// </summary>
public sealed class StateTree
{
    // A child is 0 for an empty subtree, the number of an inner node + 1, or the complement of a leaf's number.
    private const int Empty = 0;
    private const int MaxDepth = 8 * Hash32.Size;

    private readonly NodePool<InnerNode> _inners = new();
    private readonly NodePool<TreeLeaf> _leaves = new();
    private readonly TreeUndo _undo = new();
    private Hash32 _rootHash;
    private int _root;

    /// <summary>32 zero bytes while the tree is empty.</summary>
    public Hash32 Root => _rootHash;

    /// <summary>The root before the last batch.</summary>
    public Hash32 RootBefore => _undo.RootHash;

    /// <summary>Leaves in the tree.</summary>
    public int Count => _leaves.Count;

    /// <summary>
    /// Applies a batch: sets and deletes keys, each at most once, in any order; the span is sorted in place. Deleting
    /// an absent key changes nothing. Every inner node above a change is hashed once.
    /// </summary>
    public void Update(Span<TreeChange> changes)
    {
        changes.Sort();
        for (int i = 1; i < changes.Length; i++)
        {
            Invariant.Check(changes[i - 1].Key != changes[i].Key);
        }

        _undo.Begin(_root, _rootHash);
        _root = Update(_root, 0, changes, ref _rootHash);
    }

    public bool TryGet(Hash32 key, out Hash32 valueHash)
    {
        int node = _root;
        for (int depth = 0; node > Empty; depth++)
        {
            ref InnerNode inner = ref _inners[node - 1];
            node = key.Bit(depth) ? inner.Right : inner.Left;
        }

        bool found = node < Empty && _leaves[~node].Key == key;
        valueHash = found ? _leaves[~node].ValueHash : default;
        return found;
    }

    /// <summary>A proof of what the tree holds under the key, its absence included.</summary>
    public StateProof Prove(Hash32 key)
    {
        List<Hash32> siblings = [];
        int node = _root;
        while (node > Empty)
        {
            node = Descend(_inners[node - 1], key, siblings);
        }

        return new StateProof(siblings, node < Empty ? _leaves[~node] : null);
    }

    /// <summary>As <see cref="Prove"/>, against <see cref="RootBefore"/>: of the tree before the last batch.</summary>
    public StateProof ProveBefore(Hash32 key)
    {
        List<Hash32> siblings = [];
        int node = _undo.Root;
        while (node > Empty)
        {
            node = Descend(
                _undo.TryFindInner(node - 1, out InnerNode before) ? before : _inners[node - 1], key, siblings);
        }

        if (node == Empty)
        {
            return new StateProof(siblings, null);
        }

        return new StateProof(siblings, _undo.TryFindLeaf(~node, out TreeLeaf leaf) ? leaf : _leaves[~node]);
    }

    private static int Descend(in InnerNode inner, Hash32 key, List<Hash32> siblings)
    {
        bool right = key.Bit(siblings.Count);
        siblings.Add(right ? inner.LeftHash : inner.RightHash);
        return right ? inner.Right : inner.Left;
    }

    private int Update(int node, int depth, ReadOnlySpan<TreeChange> changes, ref Hash32 hash)
    {
        if (changes.IsEmpty)
        {
            return node;
        }

        if (node > Empty)
        {
            return UpdateInner(node, depth, changes, ref hash);
        }

        if (changes.Length == 1)
        {
            TreeChange change = changes[0];
            bool isOwnLeaf = node < Empty && _leaves[~node].Key == change.Key;
            if (node == Empty || isOwnLeaf || change.IsDelete)
            {
                return node == Empty || isOwnLeaf ? SetLeaf(node, change, ref hash) : node;
            }
        }

        return Spread(node, depth, changes, ref hash);
    }

    private int UpdateInner(int node, int depth, ReadOnlySpan<TreeChange> changes, ref Hash32 hash)
    {
        ref InnerNode inner = ref _inners[node - 1];
        _undo.Note(node - 1, inner);
        int split = SplitAt(changes, depth);
        inner.Left = Update(inner.Left, depth + 1, changes[..split], ref inner.LeftHash);
        inner.Right = Update(inner.Right, depth + 1, changes[split..], ref inner.RightHash);
        if (TryCollapse(inner, ref hash, out int only))
        {
            _inners.Free(node - 1);
            return only;
        }

        hash = Blake2b.HashNode(inner.LeftHash, inner.RightHash);
        return node;
    }

    /// <summary>
    /// Several changes come to an empty subtree or a lone leaf: they and the leaf go down side by side.
    /// </summary>
    private int Spread(int node, int depth, ReadOnlySpan<TreeChange> changes, ref Hash32 hash)
    {
        Invariant.Check(depth < MaxDepth);
        InnerNode inner = default;
        if (node < Empty && _leaves[~node].Key.Bit(depth))
        {
            (inner.Right, inner.RightHash) = (node, hash);
        }
        else
        {
            (inner.Left, inner.LeftHash) = (node, hash);
        }

        int split = SplitAt(changes, depth);
        inner.Left = Update(inner.Left, depth + 1, changes[..split], ref inner.LeftHash);
        inner.Right = Update(inner.Right, depth + 1, changes[split..], ref inner.RightHash);
        if (TryCollapse(inner, ref hash, out int only))
        {
            return only;
        }

        hash = Blake2b.HashNode(inner.LeftHash, inner.RightHash);
        int number = _inners.Allocate();
        _inners[number] = inner;
        return number + 1;
    }

    private int SetLeaf(int node, TreeChange change, ref Hash32 hash)
    {
        if (node < Empty)
        {
            _undo.Note(~node, _leaves[~node]);
        }

        if (change.IsDelete)
        {
            if (node < Empty)
            {
                _leaves.Free(~node);
            }

            hash = Hash32.Zero;
            return Empty;
        }

        int number = node < Empty ? ~node : _leaves.Allocate();
        _leaves[number] = new TreeLeaf(change.Key, change.ValueHash);
        hash = _leaves[number].Hash;
        return ~number;
    }

    /// <summary>Whether the subtree holds at most one leaf, which then stands in its place.</summary>
    private static bool TryCollapse(in InnerNode inner, ref Hash32 hash, out int only)
    {
        bool leftStays = inner.Right == Empty && inner.Left <= Empty;
        bool rightStays = inner.Left == Empty && inner.Right <= Empty;
        only = leftStays ? inner.Left : inner.Right;
        if (leftStays || rightStays)
        {
            hash = leftStays ? inner.LeftHash : inner.RightHash;
        }

        return leftStays || rightStays;
    }

    /// <summary>How many of the sorted changes, equal in all higher bits, have a 0 at the depth.</summary>
    private static int SplitAt(ReadOnlySpan<TreeChange> changes, int depth)
    {
        int low = 0;
        int high = changes.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (changes[middle].Key.Bit(depth))
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
