using System.Runtime.CompilerServices;
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
    private readonly PendingHashes _pending = new();
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
        _root = Update(_root, 0, new Stretch(changes, default), ref _rootHash, out _);
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

    /// <summary>
    /// Changes a subtree. Its hash is written, or, in a unit, put off if it is that of an inner node; whichever it is,
    /// a collapse moves only leaves, whose hashes are known, so that what was put off stays where it is.
    /// </summary>
    private int Update(int node, int depth, in Stretch stretch, ref Hash32 hash, out int pending)
    {
        pending = PendingHashes.None;
        ReadOnlySpan<TreeChange> changes = stretch.Changes;
        if (changes.IsEmpty)
        {
            return node;
        }

        if (changes.Length is >= PendingHashes.LeastChanges and <= PendingHashes.MostChanges && !stretch.IsInUnit)
        {
            return UpdateUnit(node, depth, changes, ref hash);
        }

        if (node > Empty)
        {
            _undo.Note(node - 1, _inners[node - 1]);
            return UpdateInner(node - 1, depth, stretch, ref hash, out pending);
        }

        if (changes.Length == 1)
        {
            bool isOwnLeaf = node < Empty && _leaves[~node].Key == changes[0].Key;
            if (node == Empty || isOwnLeaf || changes[0].IsDelete)
            {
                return node == Empty || isOwnLeaf ? SetLeaf(node, stretch, ref hash) : node;
            }
        }

        return UpdateInner(Spread(node, depth, hash), depth, stretch, ref hash, out pending);
    }

    private int UpdateUnit(int node, int depth, ReadOnlySpan<TreeChange> changes, ref Hash32 hash)
    {
        FetchPaths(node, depth, changes);
        Stretch unit = new(changes, _pending.HashLeaves(changes));
        int updated = Update(node, depth, unit, ref hash, out int pending);
        if (pending != PendingHashes.None)
        {
            hash = _pending.Complete(_inners, depth);
        }

        return updated;
    }

    /// <summary>
    /// Reads the nodes on the paths of the changes, of all paths the first, then of all the second: the processor
    /// fetches many at once from memory so, where walking one path after the other waits for each. Of each node it
    /// reads the first word and the last, since one lies across two lines of the cache. Returns a sum of what was read,
    /// so that the compiler keeps the reads.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int FetchPaths(int root, int depth, ReadOnlySpan<TreeChange> changes)
    {
        Span<int> nodes = stackalloc int[changes.Length];
        nodes.Fill(root);
        int sum = 0;
        for (bool goesOn = true; goesOn; depth++)
        {
            goesOn = false;
            for (int i = 0; i < nodes.Length; i++)
            {
                int node = nodes[i];
                if (node > Empty)
                {
                    ref InnerNode inner = ref _inners[node - 1];
                    nodes[i] = changes[i].Key.Bit(depth) ? inner.Right : inner.Left;
                    sum += inner.LeftHash.Bit(0) ? 1 : 0;
                    goesOn = true;
                }
                else if (node < Empty)
                {
                    nodes[i] = Empty;
                    ref TreeLeaf leaf = ref _leaves[~node];
                    sum += (leaf.Key.Bit(0) ? 1 : 0) + (leaf.ValueHash.Bit(255) ? 1 : 0);
                }
            }
        }

        return sum;
    }

    private int UpdateInner(int number, int depth, in Stretch stretch, ref Hash32 hash, out int pending)
    {
        pending = PendingHashes.None;
        ref InnerNode inner = ref _inners[number];
        stretch.Split(depth, out Stretch left, out Stretch right);
        inner.Left = Update(inner.Left, depth + 1, left, ref inner.LeftHash, out int leftPending);
        inner.Right = Update(inner.Right, depth + 1, right, ref inner.RightHash, out int rightPending);
        if (TryCollapse(inner, ref hash, out int only))
        {
            _inners.Free(number);
            return only;
        }

        if (stretch.IsInUnit)
        {
            pending = _pending.Add(depth, number, leftPending, rightPending);
        }
        else
        {
            hash = Blake2b.HashNode(inner.LeftHash, inner.RightHash);
        }

        return number + 1;
    }

    /// <summary>
    /// Several changes come to an empty subtree or a lone leaf: they and the leaf go down side by side, below a new
    /// inner node, whose number this returns.
    /// </summary>
    private int Spread(int node, int depth, Hash32 hash)
    {
        Invariant.Check(depth < MaxDepth);
        int number = _inners.Allocate();
        bool isRight = node < Empty && _leaves[~node].Key.Bit(depth);
        _inners[number] = isRight
            ? new InnerNode { Right = node, RightHash = hash }
            : new InnerNode { Left = node, LeftHash = hash };
        return number;
    }

    private int SetLeaf(int node, in Stretch stretch, ref Hash32 hash)
    {
        if (node < Empty)
        {
            _undo.Note(~node, _leaves[~node]);
        }

        TreeChange change = stretch.Changes[0];
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
        hash = stretch.LeafHash(_leaves[number]);
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
}
