using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.StateTests.Trie;

/// <summary>
/// The root of Ethereum's Merkle Patricia trie over hashed keys, computed in one go (Yellow Paper, appendix D).
/// Plain and slow: our own chain has another state tree.
/// </summary>
public static class MerklePatriciaTrie
{
    private const int Nibbles = 16;

    private static readonly byte[] EmptyNode = Rlp.String([]);

    /// <param name="entries">Keys before hashing, no two equal, with encoded values.</param>
    public static Hash32 Root(IEnumerable<KeyValuePair<byte[], byte[]>> entries)
    {
        List<(byte[] Path, byte[] Value)> leaves =
            [.. entries.Select(static entry => (Path: ToNibbles(Keccak256.Hash(entry.Key).ToArray()), entry.Value))];
        leaves.Sort(static (left, right) => left.Path.AsSpan().SequenceCompareTo(right.Path));
        return Keccak256.Hash(leaves.Count == 0 ? EmptyNode : Node(leaves, 0, leaves.Count, 0));
    }

    private static byte[] ToNibbles(byte[] bytes) =>
        [.. bytes.SelectMany(static b => new[] { (byte)(b >> 4), (byte)(b & 0xF) })];

    /// <summary>The encoded node over sorted leaves [start, end), which share their first depth nibbles.</summary>
    private static byte[] Node(List<(byte[] Path, byte[] Value)> leaves, int start, int end, int depth)
    {
        byte[] first = leaves[start].Path;
        if (end - start == 1)
        {
            return Rlp.List(Compact(first.AsSpan(depth), isLeaf: true), Rlp.String(leaves[start].Value));
        }

        int shared = first.AsSpan(depth).CommonPrefixLength(leaves[end - 1].Path.AsSpan(depth));
        if (shared > 0)
        {
            byte[] child = Node(leaves, start, end, depth + shared);
            return Rlp.List(Compact(first.AsSpan(depth, shared), isLeaf: false), Reference(child));
        }

        byte[][] branch = new byte[Nibbles + 1][];
        int next = start;
        for (int nibble = 0; nibble < Nibbles; nibble++)
        {
            int from = next;
            while (next < end && leaves[next].Path[depth] == nibble)
            {
                next++;
            }

            branch[nibble] = next == from ? EmptyNode : Reference(Node(leaves, from, next, depth + 1));
        }

        branch[Nibbles] = EmptyNode;
        return Rlp.List(branch);
    }

    /// <summary>A node under 32 bytes stands for itself, a longer one is referred to by hash.</summary>
    private static byte[] Reference(byte[] node) =>
        node.Length < 32 ? node : Rlp.String(Keccak256.Hash(node).ToArray());

    /// <summary>Hex-prefix encoding of a path (Yellow Paper, appendix C).</summary>
    private static byte[] Compact(ReadOnlySpan<byte> path, bool isLeaf)
    {
        bool isOdd = (path.Length & 1) != 0;
        byte[] bytes = new byte[(path.Length / 2) + 1];
        bytes[0] = (byte)((isLeaf ? 0x20 : 0) + (isOdd ? 0x10 + path[0] : 0));
        ReadOnlySpan<byte> rest = isOdd ? path[1..] : path;
        for (int i = 0; i < rest.Length; i += 2)
        {
            bytes[1 + (i / 2)] = (byte)((rest[i] << 4) | rest[i + 1]);
        }

        return Rlp.String(bytes);
    }
}
