using CsCheck;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.Tree;

namespace EnergyChain.Ledger.Tests.Tree;

/// <summary>Batches of a few changes to several times as many as the tree hashes in one go.</summary>
[TestFixture]
internal sealed class StateTreeBatchTests
{
    private const int Keys = 1_500;
    private const int Watched = 40;

    // Half of the keys are spread evenly, the others come in groups of four that share 16 to 250 bits with each other:
    // deleting all but one of a group collapses a long path.
    private static readonly Hash32[] AllKeys = [.. Enumerable.Range(0, Keys).Select(KeyOf)];

    // Some batches mostly set, some mostly delete, and the first may be larger than any other.
    private static readonly Gen<TreeChange[]> Batch =
        Gen.Select(Gen.OneOf(Gen.Int[0, 12], Gen.Int[240, 280], Gen.Int[500, Keys]), Gen.Int[0, 10], Gen.Int)
            .Select(static (size, deletesOfTen, seed) => BatchOf(size, deletesOfTen, seed));

    [Test]
    public void Root_is_that_of_the_definition_after_every_batch() =>
        Batch.Array[1, 6].Sample(NaiveTree.HoldsAfterEach, iter: 30);

    // The hashes in the nodes, not only the root: every proof is made of them.
    [Test]
    public void Every_key_is_proven_after_every_batch_and_as_it_was_before_it() =>
        Gen.Select(Batch.Array[2, 5], Gen.Int[0, Keys - 1].Array[Watched]).Sample(
            (batches, watched) =>
            {
                StateTree tree = new();
                Dictionary<Hash32, Hash32> leaves = [];
                foreach (TreeChange[] batch in batches)
                {
                    byte[][] before = [.. watched.Select(key => Bcs.Encode(tree.Prove(AllKeys[key])))];
                    Hash32 root = tree.Root;
                    NaiveTree.Apply(leaves, batch);
                    tree.Update([.. batch]);
                    bool provenAsBefore = tree.RootBefore == root
                        && watched.Zip(before).All(pair =>
                            Bcs.Encode(tree.ProveBefore(AllKeys[pair.First])).AsSpan().SequenceEqual(pair.Second));
                    if (!provenAsBefore || !AllKeys.All(key => IsProven(tree, leaves, key)))
                    {
                        return false;
                    }
                }

                return true;
            },
            iter: 10);

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(256)]
    [TestCase(257)]
    [TestCase(Keys)]
    public void Deleting_all_in_batches_of_a_size_leaves_an_empty_tree(int size)
    {
        StateTree tree = new();
        tree.Update([.. AllKeys.Select(static key => new TreeChange(key, key))]);
        Dictionary<Hash32, Hash32> leaves = AllKeys.ToDictionary(static key => key);
        int batches = 0;
        foreach (Hash32[] chunk in AllKeys.Chunk(size))
        {
            TreeChange[] batch = [.. chunk.Select(TreeChange.Delete)];
            NaiveTree.Apply(leaves, batch);
            tree.Update([.. batch]);
            Assert.That(AllKeys.Where((_, i) => i % 100 == 0).All(key => IsProven(tree, leaves, key)));
            batches++;
        }

        Assert.That(batches, Is.EqualTo((Keys + size - 1) / size));
        Assert.That(tree.Root, Is.EqualTo(Hash32.Zero));
        Assert.That(tree.Count, Is.Zero);
    }

    private static bool IsProven(StateTree tree, Dictionary<Hash32, Hash32> leaves, Hash32 key) =>
        tree.Prove(key).Verify(tree.Root, key, leaves.TryGetValue(key, out Hash32 held) ? held : null);

    private static Hash32 KeyOf(int number)
    {
        Hash32 own = Blake2b.Hash(BitConverter.GetBytes(number));
        if (number % 2 == 0)
        {
            return own;
        }

        int shared = 16 + (number / 8 * 13 % 235);
        Hash32 group = Blake2b.Hash([1, .. BitConverter.GetBytes(number / 8)]);
        byte[] bytes = group.ToArray();
        for (int bit = shared; bit < 8 * Hash32.Size; bit++)
        {
            bytes[bit / 8] &= (byte)(0xff ^ (0x80 >> (bit % 8)));
        }

        // The last bits number the group's keys, so that no two are equal.
        bytes[^1] |= (byte)((number / 2 % 4) + 1);
        return new Hash32(bytes);
    }

    private static TreeChange[] BatchOf(int size, int deletesOfTen, int seed)
    {
        Random random = new(seed);
        int[] order = [.. Enumerable.Range(0, Keys)];
        random.Shuffle(order);
        return
        [
            .. order.Take(size).Select(number => random.Next(10) < deletesOfTen
                ? TreeChange.Delete(AllKeys[number])
                : new TreeChange(AllKeys[number], Blake2b.Hash(BitConverter.GetBytes(random.Next())))),
        ];
    }
}
