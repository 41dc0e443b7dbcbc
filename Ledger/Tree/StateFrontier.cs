using EnergyChain.Core;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Ledger.Tree;

/// <summary>
/// A cut through the state tree: subtrees from left to right that cover every key once. Folding their hashes gives
/// the root, so that whoever knows the root can check a frontier, and with it every subtree by itself: it is the
/// sibling paths of all of them at once. Which subtree a node is follows from the depths before it.
/// </summary>
public sealed class StateFrontier : IBcsValue<StateFrontier>
{
    private const int MaxDepth = 8 * Hash32.Size;

    private readonly Hash32[] _prefixes;

    /// <param name="nodes">The subtrees from left to right; anything is allowed here.</param>
    public StateFrontier(IReadOnlyList<FrontierNode> nodes)
    {
        Nodes = nodes;
        _prefixes = new Hash32[nodes.Count];
        int next = 0;
        byte[] prefix = new byte[Hash32.Size];
        Hash32? root = Fold(0, prefix, ref next);
        Root = next == nodes.Count ? root : null;
    }

    public IReadOnlyList<FrontierNode> Nodes { get; }

    /// <summary>The root of the tree that it is cut from; null where the nodes are no cut through any tree.</summary>
    public Hash32? Root { get; }

    /// <summary>The lowest key of a node's subtree: the bits up to its depth, and zeros.</summary>
    public Hash32 PrefixOf(int node) => _prefixes[node];

    public static StateFrontier Decode(ref BcsReader reader) =>
        new(Bcs.ReadList<FrontierNode>(ref reader, Limits.MaxSnapshotChunks));

    public void Encode(BcsWriter writer) => writer.WriteList(Nodes);

    private Hash32? Fold(int depth, byte[] prefix, ref int next)
    {
        if (next == Nodes.Count || Nodes[next].Depth < depth || depth > MaxDepth)
        {
            return null;
        }

        if (Nodes[next].Depth == depth)
        {
            _prefixes[next] = new Hash32(prefix);
            return Nodes[next++].Hash;
        }

        if (depth == MaxDepth || Fold(depth + 1, prefix, ref next) is not { } left)
        {
            return null;
        }

        byte bit = (byte)(0x80 >> (depth % 8));
        prefix[depth / 8] |= bit;
        Hash32? right = Fold(depth + 1, prefix, ref next);
        prefix[depth / 8] ^= bit;
        return right is { } hash ? Blake2b.HashNode(left, hash) : null;
    }
}
