using CsCheck;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Core.Proofs;

namespace EnergyChain.Core.Tests;

public sealed class StateWitnessTests
{
    private static readonly Gen<StateProof> Path =
        from siblings in ChainGen.Hash.Array[0, 30]
        from key in ChainGen.Hash
        from value in ChainGen.Hash
        from ends in Gen.Bool
        select new StateProof(siblings, ends ? new TreeLeaf(key, value) : null);

    private static readonly Gen<AccountProof> Account =
        from address in ChainGen.Address
        from numbers in Gen.Select(Gen.ULong, ChainGen.U256, ChainGen.Hash)
        from exists in Gen.Bool
        from path in Path
        select new AccountProof(
            address, exists ? new AccountValue(numbers.Item1, numbers.Item2, numbers.Item3) : null, path);

    private static readonly Gen<StateWitness> Witness =
        from header in ChainGen.Header
        from certificate in ChainGen.Certificate
        from accounts in Gen.Select(
            Account,
            Gen.Select(ChainGen.U256, ChainGen.U256, Path, (slot, word, path) => new SlotProof(slot, word, path))
                .Array[0, 3],
            (account, slots) => new StorageProof(account, slots)).Array[0, 3]
        select new StateWitness(new CertifiedHeader(header, certificate), accounts);

    [Test]
    public void Bytes_are_canonical() => Witness.Sample(
        static witness =>
        {
            byte[] bytes = Bcs.Encode(witness);
            return Bcs.TryDecode(bytes, out StateWitness? read, out _)
                && Bcs.Encode(read).AsSpan().SequenceEqual(bytes);
        },
        iter: 300);

    [Test]
    public void What_is_made_up_stands_under_no_root() => Witness.Sample(
        static witness => witness.Accounts.Count == 0 || !witness.PathsHold(), iter: 300);

    [Test]
    public void Any_bytes_are_read_or_refused() =>
        Gen.Select(Witness, Gen.Int[0, 1_000_000], Gen.Byte, Gen.Int[0, 1_000_000]).Sample(
            static (witness, position, value, cut) =>
            {
                byte[] bytes = Bcs.Encode(witness);
                bytes[position % bytes.Length] = value;
                bytes = bytes[..(bytes.Length - (cut % 3 == 0 ? cut % bytes.Length : 0))];
                return !Bcs.TryDecode(bytes, out StateWitness? read, out _)
                    || Bcs.Encode(read).AsSpan().SequenceEqual(bytes);
            },
            iter: 2_000);

    // 65 accounts claimed, or paths longer than a key has bits: refused before anything of it is kept.
    [Test]
    public void Counts_over_their_limits_are_refused()
    {
        BcsWriter paths = new();
        paths.WriteAddress(default);
        paths.WriteBool(false);
        paths.WriteLength(Limits.MaxStateProofSiblings + 1);
        paths.WriteFixed(new byte[10_000]);

        Assert.That(Bcs.TryDecode<AccountProof>(paths.WrittenSpan, out _, out DecodeError error), Is.False);
        Assert.That(error, Is.EqualTo(DecodeError.LengthOverLimit));
    }

    [Test]
    public void Slot_of_one_account_proves_nothing_of_another()
    {
        Address owner = Address.FromNumber(1);
        TreeLeaf leaf = new(StateLeaf.KeyOfSlot(owner, 7), StateLeaf.HashOfWord(new UInt256(9)));
        SlotProof proof = new(7, 9, new StateProof([], leaf));

        Assert.That(proof.Verify(leaf.Hash, owner));
        Assert.That(proof.Verify(leaf.Hash, Address.FromNumber(2)), Is.False);
        Assert.That((proof with { Word = 8 }).Verify(leaf.Hash, owner), Is.False);
        Assert.That((proof with { Word = 0 }).Verify(leaf.Hash, owner), Is.False);
    }
}
