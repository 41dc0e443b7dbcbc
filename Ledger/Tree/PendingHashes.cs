using EnergyChain.Core;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Ledger.Tree;

/// <summary>
/// The hashes that one unit of a batch put off: a subtree with so few changes that all of its nodes on their paths stay
/// in the cache. First the leaves are hashed, then the shape of the subtree is changed, and then its inner nodes are
/// hashed level by level from the deepest up, so that a level's hashes can go side by side through
/// <see cref="Blake2bLanes"/>. Buffers are kept; one unit at a time.
/// </summary>
internal sealed class PendingHashes
{
    /// <summary>
    /// Changes of a unit: each level has at most as many nodes above changes, about 200 KB of nodes in all.
    /// </summary>
    public const int MostChanges = 256;

    /// <summary>Fewer changes have too little to hash side by side.</summary>
    public const int LeastChanges = 3;

    /// <summary>In place of a number of <see cref="Add"/>: the child's hash is known.</summary>
    public const int None = -1;

    private readonly Level?[] _levels = new Level?[8 * Hash32.Size];
    private readonly HashPair[] _pairs = new HashPair[MostChanges];
    private readonly Hash32[] _leafHashes = new Hash32[MostChanges];
    private Hash32[] _hashes = new Hash32[MostChanges];
    private Hash32[] _hashesBelow = new Hash32[MostChanges];
    private int _deepest;

    /// <summary>Begins a unit: the hashes of the leaves that its changes set, good until the next one.</summary>
    public ReadOnlySpan<Hash32> HashLeaves(ReadOnlySpan<TreeChange> changes)
    {
        for (int i = 0; i < changes.Length; i++)
        {
            _pairs[i] = new HashPair(changes[i].Key, changes[i].ValueHash);
        }

        Blake2bLanes.HashLeaves(_pairs.AsSpan(0, changes.Length), _leafHashes);
        return _leafHashes.AsSpan(0, changes.Length);
    }

    /// <summary>
    /// Puts off the hash of an inner node, after those of its children. Returns its number among those of its depth.
    /// </summary>
    public int Add(int depth, int node, int left, int right)
    {
        _deepest = Math.Max(_deepest, depth);
        Level level = _levels[depth] ??= new Level();
        level.Nodes[level.Count] = new PendingNode(node, left, right);
        return level.Count++;
    }

    /// <summary>
    /// Ends a unit in which hashes were put off: writes them into the nodes, and returns that of the unit's subtree.
    /// </summary>
    /// <param name="inners">The tree's inner nodes.</param>
    /// <param name="depth">The depth of the unit's subtree.</param>
    public Hash32 Complete(NodePool<InnerNode> inners, int depth)
    {
        Invariant.Check(_levels[depth]!.Count == 1);
        for (; _deepest >= depth; _deepest--)
        {
            Level level = _levels[_deepest]!;
            Gather(inners, level);
            Blake2bLanes.HashNodes(_pairs.AsSpan(0, level.Count), _hashes);
            level.Count = 0;
            (_hashes, _hashesBelow) = (_hashesBelow, _hashes);
        }

        _deepest = 0;
        return _hashesBelow[0];
    }

    /// <summary>What the nodes of a level hash, once the level below it is hashed.</summary>
    private void Gather(NodePool<InnerNode> inners, Level level)
    {
        for (int i = 0; i < level.Count; i++)
        {
            PendingNode pending = level.Nodes[i];
            ref InnerNode inner = ref inners[pending.Node];
            if (pending.Left != None)
            {
                inner.LeftHash = _hashesBelow[pending.Left];
            }

            if (pending.Right != None)
            {
                inner.RightHash = _hashesBelow[pending.Right];
            }

            _pairs[i] = new HashPair(inner.LeftHash, inner.RightHash);
        }
    }

    /// <param name="Node">Number of the inner node.</param>
    /// <param name="Left">Number of its left child among the pending ones of its depth.</param>
    /// <param name="Right">As the left one.</param>
    private readonly record struct PendingNode(int Node, int Left, int Right);

    private sealed class Level
    {
        public PendingNode[] Nodes { get; } = new PendingNode[MostChanges];

        public int Count { get; set; }
    }
}
