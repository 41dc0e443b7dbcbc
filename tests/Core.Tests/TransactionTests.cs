using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Tests;

public sealed class TransactionTests
{
    private static readonly byte[] Memo = [9, 8, 7];

    [Test]
    public void Signed_transaction_verifies_with_and_without_a_fee_payer()
    {
        Assert.That(Body().Sign(Sender).SignaturesHold(), Is.True);
        Assert.That(Body(Payer.Address).Sign(Sender, Payer).SignaturesHold(), Is.True);
    }

    [Test]
    public void Fee_payer_and_its_signature_must_belong_together()
    {
        Transaction delegated = Body(Payer.Address).Sign(Sender, Payer);
        FeePayerSignature other = new(Sender.PublicKey, delegated.FeePayerSignature!.Value.Signature);

        Assert.That(Rebuild(delegated, null).SignaturesHold(), Is.False, "the payer's consent is missing");
        Assert.That(Rebuild(delegated, other).SignaturesHold(), Is.False, "another key than the body names");
        Transaction plain = Body().Sign(Sender);
        Assert.That(Rebuild(plain, delegated.FeePayerSignature).SignaturesHold(), Is.False, "nobody was named");
        Assert.That(() => Body(Payer.Address).Sign(Sender), Throws.ArgumentException);
    }

    [Test]
    public void Senders_signature_does_not_serve_as_the_fee_payers()
    {
        TransactionBody body = Body(Sender.Address);
        Transaction own = body.Sign(Sender, Sender);
        Assert.That(own.SignaturesHold(), Is.True);
        Assert.That(
            Rebuild(own, new FeePayerSignature(Sender.PublicKey, own.Signature)).SignaturesHold(), Is.False);
    }

    [Test]
    public void Id_does_not_depend_on_signatures_or_memo()
    {
        Transaction signed = Body(memoHash: Blake2b.Hash(Memo)).Sign(Sender, null, Memo);
        Transaction forged = new(signed.Body, signed.PublicKey, default, null, null);

        Assert.That(forged.Id, Is.EqualTo(signed.Id));
        Assert.That(signed.WithoutMemo().Id, Is.EqualTo(signed.Id));
        Assert.That(signed.WithoutMemo().SignaturesHold(), Is.True);
        Assert.That(new Transaction(signed.Body, Payer.PublicKey, default).Id, Is.Not.EqualTo(signed.Id));
    }

    [Test]
    public void Memo_must_be_the_signed_one()
    {
        Assert.That(Body(memoHash: Blake2b.Hash(Memo)).Sign(Sender, null, Memo).MemoMatches(), Is.True);
        Assert.That(Body().Sign(Sender, null, Memo).MemoMatches(), Is.False, "no memo was signed");
        Assert.That(Body(memoHash: Blake2b.Hash([1])).Sign(Sender, null, Memo).MemoMatches(), Is.False);
        Assert.That(Body(memoHash: Blake2b.Hash(Memo)).Sign(Sender).MemoMatches(), Is.True, "an erased memo is fine");
    }

    [TestCase(0)]
    [TestCase(3)]
    [TestCase(200)]
    [TestCase(4096)]
    public void Encoded_length_is_that_of_the_encoding(int memoBytes)
    {
        byte[] memo = new byte[memoBytes];
        Transaction signed = Body(Payer.Address, Blake2b.Hash(memo)).Sign(Sender, Payer, memo);
        Assert.That(signed.EncodedLength, Is.EqualTo(Bcs.Encode(signed).Length));
        Assert.That(signed.WithoutMemo().EncodedLength, Is.EqualTo(Bcs.Encode(signed.WithoutMemo()).Length));
    }

    // Pins the protocol: the value was computed from docs/protocol.md with Python's hashlib and OpenSSL.
    [Test]
    public void Id_of_a_fixed_transaction_is_golden() => Assert.That(
        Body().Sign(Sender).Id.ToString(),
        Is.EqualTo("0x9f6aefdba1fea843fa01923e0492075f0827b26258019cd4d2949c8cb16ce7de"));

    private static SigningKey Sender => TestKeys.Sender;

    private static SigningKey Payer => TestKeys.Payer;

    private static TransactionBody Body(Address? feePayer = null, Hash32 memoHash = default) => new()
    {
        ChainId = new ChainId(2016),
        Nonce = 3,
        GasLimit = new Gas(21_000),
        GasPrice = 1_000_000_000,
        To = Address.FromNumber(0x1002),
        Value = UInt256.One,
        Data = new byte[] { 1, 2, 3 },
        ValidUntil = new Height(100),
        FeePayer = feePayer,
        MemoHash = memoHash,
    };

    private static Transaction Rebuild(Transaction transaction, FeePayerSignature? payer) =>
        new(transaction.Body, transaction.PublicKey, transaction.Signature, payer);
}
