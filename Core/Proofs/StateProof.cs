using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Proofs;

/// <summary>
/// Proof of what a state tree holds under one key, or that it holds nothing. At a million leaves about 20 siblings:
/// under 1 KiB, and as many hashes to verify.
/// </summary>
/// <param name="Siblings">Hashes beside the path, from the root down.</param>
/// <param name="Leaf">The leaf where the path ends, of this key or of another; null where it ends in nothing.</param>
public sealed record StateProof(IReadOnlyList<Hash32> Siblings, TreeLeaf? Leaf) : IBcsValue<StateProof>
{
    public static StateProof Decode(ref BcsReader reader)
    {
        Hash32[] siblings = new Hash32[reader.ReadLength(Limits.MaxStateProofSiblings)];
        for (int i = 0; i < siblings.Length; i++)
        {
            siblings[i] = reader.ReadHash();
        }

        return new StateProof(siblings, reader.ReadBool() ? TreeLeaf.Decode(ref reader) : null);
    }

    public void Encode(BcsWriter writer)
    {
        writer.WriteLength(Siblings.Count);
        foreach (Hash32 sibling in Siblings)
        {
            writer.WriteHash(sibling);
        }

        writer.WriteBool(Leaf is not null);
        Leaf?.Encode(writer);
    }

    /// <summary>
    /// Whether the tree with this root holds exactly <paramref name="valueHash"/> under the key; null stands for
    /// nothing. Any proof is allowed as input; no exception.
    /// </summary>
    public bool Verify(Hash32 root, Hash32 key, Hash32? valueHash)
    {
        if (Siblings.Count > Limits.MaxStateProofSiblings || !EndFits(key, valueHash))
        {
            return false;
        }

        Hash32 hash = Leaf?.Hash ?? Hash32.Zero;
        for (int depth = Siblings.Count - 1; depth >= 0; depth--)
        {
            hash = key.Bit(depth)
                ? Blake2b.HashNode(Siblings[depth], hash)
                : Blake2b.HashNode(hash, Siblings[depth]);
        }

        return hash == root;
    }

    private bool EndFits(Hash32 key, Hash32? valueHash)
    {
        if (valueHash is { } expected)
        {
            return Leaf == new TreeLeaf(key, expected);
        }

        return Leaf is not { } other || (other.Key != key && SharesPath(other.Key, key));
    }

    private bool SharesPath(Hash32 one, Hash32 other)
    {
        for (int depth = 0; depth < Siblings.Count; depth++)
        {
            if (one.Bit(depth) != other.Bit(depth))
            {
                return false;
            }
        }

        return true;
    }
}
