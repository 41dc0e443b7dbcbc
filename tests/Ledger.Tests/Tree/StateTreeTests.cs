using System.Diagnostics;
using CsCheck;
using EnergyChain.Core;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Core.Proofs;
using EnergyChain.Ledger.Tree;

namespace EnergyChain.Ledger.Tests.Tree;

[TestFixture]
internal sealed class StateTreeTests
{
    // Keys of few values in the first byte and the last: long shared paths, and the same key again and again.
    private static readonly Gen<Hash32> Key = Gen.Select(Gen.Byte[0, 3], Gen.Byte[0, 7]).Select((first, last) =>
    {
        byte[] bytes = new byte[Hash32.Size];
        bytes[0] = (byte)(first << 6);
        bytes[31] = last;
        return new Hash32(bytes);
    });

    private static readonly Gen<Hash32> ChainKey = Gen.UShort.Select(number => NumberedChange(number).Key);

    private static readonly Gen<TreeChange> Change =
        Gen.Select(Key, Gen.Byte[0, 3], (key, value) => new TreeChange(key, value == 0 ? Hash32.Zero : Value(value)));

    private static readonly Gen<TreeChange[]> Batch =
        Change.Array[0, 12].Select(changes => changes.DistinctBy(change => change.Key).ToArray());

    [Test]
    public void Root_is_that_of_the_definition_after_every_batch() =>
        Batch.Array[1, 8].Sample(NaiveTree.HoldsAfterEach, iter: 500);

    [Test]
    public void Root_does_not_depend_on_order_or_batching() =>
        Batch.Sample(
            batch =>
            {
                StateTree whole = new();
                whole.Update([.. batch]);
                StateTree single = new();
                foreach (TreeChange change in batch.Reverse())
                {
                    single.Update([change]);
                }

                return whole.Root == single.Root;
            },
            iter: 500);

    [Test]
    public void Deleting_what_was_added_restores_the_earlier_root() =>
        Gen.Select(Batch, Batch).Sample(
            (before, added) =>
            {
                StateTree tree = new();
                tree.Update([.. before]);
                Hash32 root = tree.Root;
                TreeChange[] fresh = [.. added.Where(change => !change.IsDelete && !tree.TryGet(change.Key, out _))];
                tree.Update([.. fresh]);
                bool moved = fresh.Length == 0 || tree.Root != root;
                tree.Update([.. fresh.Select(change => TreeChange.Delete(change.Key))]);
                return moved && tree.Root == root;
            },
            iter: 500);

    [Test]
    public void Proof_shows_what_the_tree_holds_and_nothing_else() =>
        Gen.Select(Batch, Key, Gen.Byte[1, 3]).Sample(
            (batch, key, value) =>
            {
                StateTree tree = new();
                tree.Update([.. batch]);
                Hash32? held = tree.TryGet(key, out Hash32 found) ? found : null;
                StateProof proof = tree.Prove(key);
                Hash32? other = held is null || held != Value(value) ? Value(value) : null;
                bool decodes = Bcs.TryDecode(Bcs.Encode(proof), out StateProof? copy, out _);
                return decodes
                    && copy!.Verify(tree.Root, key, held)
                    && !proof.Verify(tree.Root, key, other)
                    && !proof.Verify(Value(9), key, held);
            },
            iter: 1_000);

    [Test]
    public void Changed_proof_does_not_hold() =>
        Gen.Select(Batch, Key, Gen.Int[0, 10_000], Gen.Byte[1, 255]).Sample(
            (batch, key, position, flip) =>
            {
                StateTree tree = new();
                tree.Update([.. batch]);
                Hash32? held = tree.TryGet(key, out Hash32 found) ? found : null;
                byte[] bytes = Bcs.Encode(tree.Prove(key));
                bytes[position % bytes.Length] ^= flip;
                return !Bcs.TryDecode(bytes, out StateProof? changed, out _)
                    || !changed.Verify(tree.Root, key, held);
            },
            iter: 2_000);

    // What a proof of the tree before a batch has to be: the one that was there before the batch.
    [Test]
    public void Tree_before_the_last_batch_is_proven_as_it_was() =>
        Gen.Select(Batch.Array[1, 6], Key.Array[1, 6]).Sample(
            (batches, keys) =>
            {
                StateTree tree = new();
                foreach (TreeChange[] batch in batches)
                {
                    Hash32 root = tree.Root;
                    byte[][] before = [.. keys.Select(key => Bcs.Encode(tree.Prove(key)))];
                    tree.Update([.. batch]);
                    bool same = tree.RootBefore == root
                        && keys.Zip(before).All(pair =>
                            Bcs.Encode(tree.ProveBefore(pair.First)).AsSpan().SequenceEqual(pair.Second));
                    if (!same)
                    {
                        return false;
                    }
                }

                return true;
            },
            iter: 2_000);

    [Test]
    public void Absence_is_proven_for_keys_that_are_not_there_and_for_no_other() =>
        Gen.Select(ChainKey.Array[1, 300], ChainKey.Array[1, 50]).Sample(
            (held, asked) =>
            {
                StateTree tree = new();
                tree.Update([.. held.Distinct().Select(key => new TreeChange(key, Value(1)))]);
                HashSet<Hash32> model = [.. held];
                return asked.Concat(held).All(key =>
                    tree.Prove(key).Verify(tree.Root, key, null) == !model.Contains(key));
            },
            iter: 100);

    // log2(n) levels are common to all; a path gets d levels longer where another key shares d more bits with it,
    // for the longest of n about log2(n) more.
    [Test]
    public void Path_is_about_as_long_as_the_number_of_leaves_has_bits()
    {
        const int leaves = 100_000;
        const int bits = 17;
        StateTree tree = new();
        tree.Update([.. Enumerable.Range(0, leaves).Select(NumberedChange)]);
        int longest = 0;
        long all = 0;
        for (int i = 0; i < leaves; i += 10)
        {
            Hash32 key = NumberedChange(i).Key;
            StateProof proof = tree.Prove(key);
            Assert.That(proof.Verify(tree.Root, key, NumberedChange(i).ValueHash));
            longest = Math.Max(longest, proof.Siblings.Count);
            all += proof.Siblings.Count;
        }

        Assert.That(longest, Is.LessThanOrEqualTo(2 * bits + 6));
        Assert.That(all / (leaves / 10), Is.LessThanOrEqualTo(bits + 2));
    }

    [Test]
    public void Proof_of_absence_from_another_branch_is_refused()
    {
        StateTree tree = new();
        TreeLeaf[] leaves = [.. Enumerable.Range(0, 100).Select(i => new TreeLeaf(Value((byte)i), Value(1)))];
        tree.Update([.. leaves.Select(leaf => new TreeChange(leaf.Key, leaf.ValueHash))]);
        StateProof foreign = tree.Prove(leaves[0].Key);

        foreach (TreeLeaf leaf in leaves)
        {
            Assert.That(foreign.Verify(tree.Root, leaf.Key, null), Is.False);
        }
    }

    [Test]
    public void Same_key_twice_in_a_batch_is_a_bug() =>
        Assert.That(
            () => new StateTree().Update([new TreeChange(Value(1), Value(1)), new TreeChange(Value(1), Value(2))]),
            Throws.TypeOf<InvariantException>());

    [Test]
    public void Root_of_three_leaves_is_what_another_implementation_gives()
    {
        StateTree tree = new();
        tree.Update([.. Enumerable.Range(1, 3).Select(i => new TreeChange(Value((byte)i), Value((byte)(i + 10))))]);

        Assert.That(
            tree.Root.ToString(),
            Is.EqualTo("0x3af7fcc1aecf147615bda7c08c84dbcd5ea74ec736aef4185f4170ad385c13d5"));
    }

    [Test]
    [Explicit("A figure of the machine, not a rule: 10,000 changed keys over a million should take under 100 ms.")]
    public void Batch_of_ten_thousand_over_a_million_is_timed()
    {
        StateTree tree = new();
        tree.Update([.. Enumerable.Range(0, 1_000_000).Select(NumberedChange)]);
        for (int run = 0; run < 5; run++)
        {
            TreeChange[] batch = [.. Enumerable.Range(0, 10_000).Select(i => NumberedChange((i * 97) + run))];
            long start = Stopwatch.GetTimestamp();
            tree.Update(batch);
            TestContext.Out.WriteLine($"{Stopwatch.GetElapsedTime(start).TotalMilliseconds:F1} ms");
        }
    }

    private static TreeChange NumberedChange(int number) =>
        new(Blake2b.Hash(BitConverter.GetBytes(number)), Blake2b.Hash([1, .. BitConverter.GetBytes(number)]));

    private static Hash32 Value(byte number) => Blake2b.Hash([number]);
}
