using CsCheck;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Core.Proofs;

namespace EnergyChain.Core.Tests;

public sealed class ListProofTests
{
    private static readonly Gen<Hash32[]> List = Gen.Int[1, 70].Select(static count =>
        Enumerable.Range(0, count).Select(static i => Blake2b.Hash([(byte)i])).ToArray());

    [Test]
    public void Every_member_of_every_list_is_proven_and_no_stranger() => List.Sample(
        static list =>
        {
            Hash32 root = MerkleTree.Root(list);
            Hash32 stranger = Blake2b.Hash([200]);
            return Enumerable.Range(0, list.Length).All(index =>
            {
                ListProof proof = ListProof.Of(list, index);
                return proof.Verify(root, list[index])
                    && !proof.Verify(root, stranger)
                    && !proof.Verify(stranger, list[index])
                    && (list.Length == 1 || !proof.Verify(root, list[(index + 1) % list.Length]))
                    && proof.Siblings.Count <= BitsOf(list.Length);
            });
        },
        iter: 70);

    // The place is no part of what is proven, so a bit of it may change nothing; any bit of a hash does.
    [Test]
    public void Flipped_bit_of_a_hash_is_seen_and_of_the_place_proves_no_one_else() =>
        Gen.Select(List, Gen.Int[0, 69], Gen.Int[0, 1_000_000]).Sample(
            static (list, place, flip) =>
            {
                int index = place % list.Length;
                Hash32 root = MerkleTree.Root(list);
                byte[] bytes = Bcs.Encode(ListProof.Of(list, index));
                int bit = flip % (bytes.Length * 8);
                bytes[bit / 8] ^= (byte)(1 << (bit % 8));
                if (!Bcs.TryDecode(bytes, out ListProof? bent, out _))
                {
                    return true;
                }

                bool isPlace = bit < 2 * sizeof(uint) * 8;
                Hash32 other = list[(index + 1) % list.Length];
                return (isPlace || !bent.Verify(root, list[index]))
                    && (list.Length == 1 || !bent.Verify(root, other));
            },
            iter: 5_000);

    [Test]
    public void Inner_node_passes_for_no_member()
    {
        Hash32[] list = [.. Enumerable.Range(0, 4).Select(static i => Blake2b.Hash([(byte)i]))];
        Hash32 left = Blake2b.HashNode(Blake2b.HashLeaf(list[0]), Blake2b.HashLeaf(list[1]));
        Hash32 right = Blake2b.HashNode(Blake2b.HashLeaf(list[2]), Blake2b.HashLeaf(list[3]));

        Assert.That(new ListProof(0, 2, [right]).Verify(MerkleTree.Root(list), left), Is.False);
    }

    [TestCase(0u, 0u)]
    [TestCase(1u, 1u)]
    [TestCase(uint.MaxValue, uint.MaxValue)]
    public void Place_outside_of_its_list_is_refused(uint index, uint count)
    {
        Hash32 leaf = Blake2b.Hash([1]);
        Assert.That(new ListProof(index, count, []).Verify(MerkleTree.Root([leaf]), leaf), Is.False);
    }

    [Test]
    public void Any_bytes_are_read_or_refused() => Gen.Byte.Array[0, 300].Sample(
        static bytes =>
        {
            bool read = Bcs.TryDecode(bytes, out ListProof? proof, out _);
            return !read || Bcs.Encode(proof!).AsSpan().SequenceEqual(bytes);
        },
        iter: 2_000);

    private static int BitsOf(int count) => 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)count - 1);
}
