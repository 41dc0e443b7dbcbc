using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Proofs;

/// <summary>
/// Proof that a hash is in the list behind a Merkle root of a header (RFC 9162, section 2.1.3). It proves that the hash
/// is in the list, not where: a root does not tell how long its list is, and the last of three stands as the second
/// of two would. At 20,000 leaves 15 siblings.
/// </summary>
/// <param name="Index">Its place in the list from 0, as far as the path goes.</param>
/// <param name="Count">Length of the list, as far as the path goes.</param>
/// <param name="Siblings">Hashes beside the path, from the leaf up.</param>
public sealed record ListProof(uint Index, uint Count, IReadOnlyList<Hash32> Siblings) : IBcsValue<ListProof>
{
    public static ListProof Decode(ref BcsReader reader)
    {
        uint index = reader.ReadU32();
        uint count = reader.ReadU32();
        Hash32[] siblings = new Hash32[reader.ReadLength(Limits.MaxListProofSiblings)];
        for (int i = 0; i < siblings.Length; i++)
        {
            siblings[i] = reader.ReadHash();
        }

        return new ListProof(index, count, siblings);
    }

    /// <summary>The proof of a leaf of a list. <see cref="InvariantException"/> where it has no such leaf.</summary>
    public static ListProof Of(ReadOnlySpan<Hash32> leaves, int index)
    {
        Invariant.Check(index >= 0);
        Invariant.Check(index < leaves.Length);
        List<Hash32> siblings = [];
        ReadOnlySpan<Hash32> rest = leaves;
        int place = index;
        while (rest.Length > 1)
        {
            int split = MerkleTree.Split(rest.Length);
            bool right = place >= split;
            siblings.Add(MerkleTree.Root(right ? rest[..split] : rest[split..]));
            rest = right ? rest[split..] : rest[..split];
            place = right ? place - split : place;
        }

        siblings.Reverse();
        return new ListProof((uint)index, (uint)leaves.Length, siblings);
    }

    /// <summary>Whether the list with this root holds the leaf. Any proof is allowed as input; no exception.</summary>
    public bool Verify(Hash32 root, Hash32 leaf)
    {
        if (Index >= Count)
        {
            return false;
        }

        uint place = Index;
        uint last = Count - 1;
        Hash32 hash = Blake2b.HashLeaf(leaf);
        foreach (Hash32 sibling in Siblings)
        {
            if (last == 0)
            {
                return false;
            }

            if ((place & 1) == 1 || place == last)
            {
                hash = Blake2b.HashNode(sibling, hash);
                while ((place & 1) == 0 && place != 0)
                {
                    place >>= 1;
                    last >>= 1;
                }
            }
            else
            {
                hash = Blake2b.HashNode(hash, sibling);
            }

            place >>= 1;
            last >>= 1;
        }

        return last == 0 && hash == root;
    }

    public void Encode(BcsWriter writer)
    {
        writer.WriteU32(Index);
        writer.WriteU32(Count);
        writer.WriteLength(Siblings.Count);
        foreach (Hash32 sibling in Siblings)
        {
            writer.WriteHash(sibling);
        }
    }
}
