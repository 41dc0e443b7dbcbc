using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Tests;

[TestFixture]
internal sealed class MerkleTreeTests
{
    [Test]
    public void Root_of_every_length_is_that_of_the_definition()
    {
        Hash32[] leaves = [.. Enumerable.Range(0, 700).Select(static i => Blake2b.Hash(BitConverter.GetBytes(i)))];
        for (int count = 0; count <= leaves.Length; count += count < 300 ? 1 : 50)
        {
            Assert.That(MerkleTree.Root(leaves.AsSpan(0, count)), Is.EqualTo(Root(leaves[..count])), $"{count} leaves");
        }
    }

    // RFC 6962, 2.1, word by word, with BLAKE2b-256 and zeros for an empty list.
    private static Hash32 Root(Hash32[] leaves)
    {
        if (leaves.Length < 2)
        {
            return leaves.Length == 0 ? Hash32.Zero : Blake2b.Hash([0, .. leaves[0].ToArray()]);
        }

        int split = 1;
        while (2 * split < leaves.Length)
        {
            split *= 2;
        }

        return Blake2b.Hash([1, .. Root(leaves[..split]).ToArray(), .. Root(leaves[split..]).ToArray()]);
    }
}
