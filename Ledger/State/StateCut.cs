using EnergyChain.Core;
using EnergyChain.Core.Primitives;
using EnergyChain.Core.Proofs;
using EnergyChain.Ledger.Tree;

namespace EnergyChain.Ledger.State;

/// <summary>
/// A state cut into chunks of at most <see cref="Limits.SnapshotChunkLeaves"/> leaves: the highest subtrees that are
/// small enough. The cut follows from the state alone, so that every node cuts alike and chunks of one come from many.
/// </summary>
public sealed class StateCut
{
    private readonly StateCopy _state;
    private readonly TreeLeaf[] _leaves;
    private readonly int[] _entries;
    private readonly List<FrontierNode> _nodes = [];
    private readonly List<(int Start, int Count)> _ranges = [];

    /// <summary>Hashes and sorts everything: about two seconds for a million entries on one core.</summary>
    public StateCut(StateCopy state)
    {
        _state = state;
        _leaves = new TreeLeaf[state.LeafCount];
        _entries = new int[_leaves.Length];
        for (int i = 0; i < _leaves.Length; i++)
        {
            _leaves[i] = StateChunk.LeafOf(state.LeafAt(i))!.Value;
            _entries[i] = i;
        }

        Array.Sort(_leaves, _entries, Comparer<TreeLeaf>.Create(static (left, right) => left.Key.CompareTo(right.Key)));
        Cut(0, _leaves.Length, 0);
        Frontier = new StateFrontier(_nodes);
    }

    public StateFrontier Frontier { get; }

    /// <summary>The chunk under a node of the frontier.</summary>
    public StateChunk ChunkAt(int node)
    {
        (int start, int count) = _ranges[node];
        StateEntry[] entries = new StateEntry[count];
        for (int i = 0; i < count; i++)
        {
            entries[i] = _state.LeafAt(_entries[start + i]);
        }

        return new StateChunk(entries);
    }

    private void Cut(int start, int count, int depth)
    {
        ReadOnlySpan<TreeLeaf> leaves = _leaves.AsSpan(start, count);
        if (count > Limits.SnapshotChunkLeaves)
        {
            int split = Subtree.SplitAt(leaves, depth);
            Cut(start, split, depth + 1);
            Cut(start + split, count - split, depth + 1);
            return;
        }

        Hash32 prefix = count == 0 ? Hash32.Zero : leaves[0].Key;
        _nodes.Add(new FrontierNode(depth, Subtree.HashOf(leaves, prefix, depth)!.Value));
        _ranges.Add((start, count));
    }
}
