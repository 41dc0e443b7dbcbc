using EnergyChain.Core.Primitives;
using EnergyChain.Core.Proofs;

namespace EnergyChain.Ledger.Tree;

/// <summary>
/// What the last batch replaced in a state tree: the nodes that it changed or freed as they were, each once. Noting one
/// is all that it costs the batch; they are indexed by the first who looks into the tree of before. A million accounts
/// and 10,000 changes: about 90,000 nodes, 7 MB.
/// </summary>
internal sealed class TreeUndo
{
    // A first batch, such as a genesis, may be hundreds of times as large as those that follow.
    private const int MaxKept = 1 << 18;

    private readonly List<(int Number, InnerNode Node)> _inners = [];
    private readonly List<(int Number, TreeLeaf Leaf)> _leaves = [];
    private Index? _index;

    /// <summary>The tree's root before the batch, by number.</summary>
    public int Root { get; private set; }

    /// <summary>The hash of that root.</summary>
    public Hash32 RootHash { get; private set; }

    /// <summary>Begins a batch: what was noted of the one before is forgotten.</summary>
    public void Begin(int root, Hash32 rootHash)
    {
        (Root, RootHash, _index) = (root, rootHash, null);
        Clear(_inners);
        Clear(_leaves);
    }

    public void Note(int number, in InnerNode node) => _inners.Add((number, node));

    public void Note(int number, TreeLeaf leaf) => _leaves.Add((number, leaf));

    /// <summary>The inner node of before; false where the batch left it as it was.</summary>
    public bool TryFindInner(int number, out InnerNode node) => Indexed.Inners.TryGetValue(number, out node);

    /// <summary>The leaf of before; false where the batch left it as it was.</summary>
    public bool TryFindLeaf(int number, out TreeLeaf leaf) => Indexed.Leaves.TryGetValue(number, out leaf);

    // Readers side by side may each make one; they are equal.
    private Index Indexed => _index ??= new Index(
        _inners.ToDictionary(static entry => entry.Number, static entry => entry.Node),
        _leaves.ToDictionary(static entry => entry.Number, static entry => entry.Leaf));

    private static void Clear<T>(List<T> list)
    {
        list.Clear();
        if (list.Capacity > MaxKept)
        {
            list.Capacity = 0;
        }
    }

    private sealed record Index(Dictionary<int, InnerNode> Inners, Dictionary<int, TreeLeaf> Leaves);
}
