using CsCheck;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Tests;

[TestFixture]
internal sealed class Blake2bLanesTests
{
    private const int MostPairs = 40;

    private static readonly Gen<Hash32> Word = Gen.OneOf(
        Gen.Byte.Array[Hash32.Size].Select(static bytes => new Hash32(bytes)),
        Gen.Const(Hash32.Zero),
        Gen.Const(new Hash32([.. Enumerable.Repeat((byte)0xff, Hash32.Size)])));

    private static readonly Gen<HashPair[]> Pairs =
        Gen.Select(Word, Word, static (left, right) => new HashPair(left, right)).Array[0, MostPairs];

    // Every width that this machine has, with and without what fills the last lanes up.
    [TestCase(8)]
    [TestCase(4)]
    [TestCase(1)]
    public void Pairs_hash_as_they_do_one_by_one(int lanes)
    {
        SkipUnlessSupported(lanes);
        Gen.Select(Gen.Byte, Pairs).Sample(
            (first, pairs) => Hashes(first, 65, pairs, lanes).SequenceEqual(pairs.Select(pair =>
                Blake2b.Hash([first, .. pair.Left.ToArray(), .. pair.Right.ToArray()]))),
            iter: 3_000);
    }

    [TestCase(8)]
    [TestCase(4)]
    [TestCase(1)]
    public void Single_hashes_hash_as_they_do_one_by_one(int lanes)
    {
        SkipUnlessSupported(lanes);
        Gen.Select(Gen.Byte, Word.Array[0, MostPairs]).Sample(
            (first, words) =>
            {
                HashPair[] pairs = [.. words.Select(static word => new HashPair(word, Hash32.Zero))];
                return Hashes(first, 33, pairs, lanes).SequenceEqual(
                    words.Select(word => Blake2b.Hash([first, .. word.ToArray()])));
            },
            iter: 3_000);
    }

    // Each lane its own place: a hash that came out of its neighbour would be equal in no test of equal pairs.
    [TestCase(8)]
    [TestCase(4)]
    [TestCase(1)]
    public void Every_number_of_pairs_gives_each_its_own_hash_and_writes_no_more(int lanes)
    {
        SkipUnlessSupported(lanes);
        HashPair[] all = [.. Enumerable.Range(0, MostPairs).Select(static i =>
            new HashPair(Blake2b.Hash([(byte)i]), Blake2b.Hash([1, (byte)i])))];
        Hash32 untouched = Blake2b.Hash([9]);
        for (int count = 0; count <= all.Length; count++)
        {
            Hash32[] hashes = [.. Enumerable.Repeat(untouched, all.Length)];
            Blake2bLanes.Hash(1, 65, all.AsSpan(0, count), hashes, lanes);
            Hash32[] expected = [.. all.Take(count).Select(static pair => Blake2b.HashNode(pair.Left, pair.Right))];
            Assert.That(hashes.Take(count), Is.EqualTo(expected), $"{count} pairs");
            Assert.That(hashes.Skip(count), Is.All.EqualTo(untouched), $"{count} pairs");
        }
    }

    // From Python's hashlib, which has the reference implementation of BLAKE2: blake2b(digest_size=32).
    [TestCase(8)]
    [TestCase(4)]
    [TestCase(1)]
    public void Node_and_leaves_are_what_another_implementation_gives(int lanes)
    {
        SkipUnlessSupported(lanes);
        Hash32 ascending = new([.. Enumerable.Range(0, 32).Select(static i => (byte)i)]);
        Hash32 next = new([.. Enumerable.Range(32, 32).Select(static i => (byte)i)]);
        HashPair[] pairs = [.. Enumerable.Repeat(new HashPair(ascending, next), 13)];
        HashPair[] singles = [.. Enumerable.Repeat(new HashPair(ascending, Hash32.Zero), 13)];

        Assert.That(Texts(Hashes(1, 65, pairs, lanes)),
            Is.All.EqualTo("0x65a386efc0b9954da9312c6e07616c7102c8074eb3d204ef7dba08d049b7ba73"));
        Assert.That(Texts(Hashes(0, 65, pairs, lanes)),
            Is.All.EqualTo("0x5450d0d0dc7eb22a12f09617236354bde65426d37c7221ea1dad7ff37b58ab26"));
        Assert.That(Texts(Hashes(0, 33, singles, lanes)),
            Is.All.EqualTo("0x0ddaaec3ffac93977c83c3d7440e9e65663850d4861be2f48532548d0a463336"));
    }

    [Test]
    public void Public_calls_are_the_nodes_and_leaves_of_the_trees()
    {
        Hash32 left = Blake2b.Hash([1]);
        Hash32 right = Blake2b.Hash([2]);
        Hash32[] hashes = new Hash32[3];
        Blake2bLanes.HashNodes([new HashPair(left, right)], hashes);
        Blake2bLanes.HashLeaves([new HashPair(left, right)], hashes.AsSpan(1));
        Blake2bLanes.HashListLeaves([new HashPair(left, Hash32.Zero)], hashes.AsSpan(2));

        Assert.That(hashes[0], Is.EqualTo(Blake2b.HashNode(left, right)));
        Assert.That(hashes[1], Is.EqualTo(new Proofs.TreeLeaf(left, right).Hash));
        Assert.That(hashes[2], Is.EqualTo(Blake2b.HashLeaf(left)));
    }

    private static Hash32[] Hashes(byte first, int length, HashPair[] pairs, int lanes)
    {
        Hash32[] hashes = new Hash32[pairs.Length];
        Blake2bLanes.Hash(first, length, pairs, hashes, lanes);
        return hashes;
    }

    private static IEnumerable<string> Texts(Hash32[] hashes) => hashes.Select(static hash => hash.ToString());

    private static void SkipUnlessSupported(int lanes)
    {
        if (lanes > Blake2bLanes.Widest)
        {
            Assert.Ignore($"This machine has no vectors for {lanes} lanes.");
        }
    }
}
