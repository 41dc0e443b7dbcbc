using EnergyChain.Client.Light;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Core.Proofs;
using Microsoft.Extensions.Time.Testing;

namespace EnergyChain.Client.Tests;

public sealed class TransactionProofTests
{
    private string _directory = null!;
    private ProofChain _chain = null!;
    private Transaction _first = null!;
    private Transaction _second = null!;

    [SetUp]
    public void Start()
    {
        _directory = Directory.CreateTempSubdirectory("light").FullName;
        _chain = new ProofChain();
        _first = Transfer(0);
        _second = Transfer(1);
        Transaction third = Transfer(2);
        _chain.Append(contents: [(_first, Done(_first)), (_second, Done(_second)), (third, Done(third))]);
    }

    [TearDown]
    public void Stop() => Directory.Delete(_directory, recursive: true);

    [Test]
    public async Task Transaction_is_proven_with_its_receipt_by_the_block_after()
    {
        _chain.Append();
        _chain.Append();
        LightClient light = Client();
        TransactionProof proof = await light.TransactionAsync(_second.Id, default);

        Assert.That(proof.Outcome!.Receipt.GasUsed, Is.EqualTo(new Gas(21_001)));
        Assert.That(proof.Transaction.Body.Value, Is.EqualTo(_second.Body.Value));
        Assert.That(light.Proven!.Height, Is.EqualTo(new Height(3)));
    }

    [Test]
    public async Task Transaction_of_the_head_is_proven_without_an_outcome()
    {
        TransactionProof proof = await Client().TransactionAsync(_first.Id, default);

        Assert.That(proof.Outcome, Is.Null);
        Assert.That(proof.Header.Height, Is.EqualTo(new Height(2)));
    }

    [TestCase("other transaction", ProofFailure.OtherSubject)]
    [TestCase("made up", ProofFailure.OtherSubject)]
    [TestCase("other block", ProofFailure.Path)]
    [TestCase("path", ProofFailure.Path)]
    [TestCase("memo", ProofFailure.Path)]
    [TestCase("gas", ProofFailure.Path)]
    [TestCase("other receipt", ProofFailure.Path)]
    [TestCase("later block's root", ProofFailure.Path)]
    [TestCase("unsigned header", ProofFailure.Certificate)]
    [TestCase("unsigned next", ProofFailure.Certificate)]
    public async Task Lie_about_a_transaction_is_seen(string lie, ProofFailure failure)
    {
        _chain.Append();
        _chain.Append();
        _chain.OnTransaction = proof => Bend(lie, proof);

        ProofException? wrong = await ProofChecks.RefusalOf(() => Client().TransactionAsync(_second.Id, default));
        Assert.That(wrong?.Failure, Is.EqualTo(failure));
    }

    private static CertifiedHeader Unsigned(CertifiedHeader header) =>
        ProofChain.Certify(header.Header, ProofChain.CouncilOf(1, 2, 3, 4), 1, 2);

    private static Transaction Transfer(ulong nonce)
    {
        using SigningKey key = ProofChain.Key(5);
        return new TransactionBody
        {
            ChainId = new ChainId(7),
            Nonce = nonce,
            GasLimit = new Gas(21_000),
            GasPrice = 1,
            To = Address.FromNumber(3),
            Value = 10 + nonce,
            ValidUntil = new Height(100),
        }.Sign(key);
    }

    private static Transaction WithMemo(Transaction transaction) => new(
        transaction.Body,
        transaction.PublicKey,
        transaction.Signature,
        transaction.FeePayerSignature,
        new byte[] { 1 });

    private static Receipt Done(Transaction transaction) => new(
        transaction.Id, true, new Gas(21_000 + transaction.Body.Nonce), null, [], ReadOnlyMemory<byte>.Empty);

    private TransactionProof Bend(string lie, TransactionProof sound)
    {
        ReceiptProof outcome = sound.Outcome!;
        Receipt receipt = outcome.Receipt;
        return lie switch
        {
            "other transaction" => sound with { Transaction = _first },
            "made up" => sound with { Transaction = Transfer(9) },
            "other block" => sound with { Header = _chain.HeaderAt(3) },
            "path" => sound with { Path = sound.Path with { Index = 0 } },
            "memo" => sound with { Transaction = WithMemo(sound.Transaction) },
            "gas" => sound with { Outcome = outcome with { Receipt = receipt with { GasUsed = new Gas(1) } } },
            "other receipt" => sound with
            {
                Outcome = outcome with
                {
                    Receipt = Done(_first),
                    Path = ListProof.Of([Done(_first).Hash, receipt.Hash, Done(Transfer(2)).Hash], 0),
                },
            },
            "later block's root" => sound with { Outcome = outcome with { Next = _chain.HeaderAt(4) } },
            "unsigned header" => sound with { Header = Unsigned(sound.Header) },
            _ => sound with { Outcome = outcome with { Next = Unsigned(outcome.Next) } },
        };
    }

    private LightClient Client() => new(
        _chain,
        TrustAnchor.Of(_chain.Genesis),
        new TrustFile(_directory, _chain.Genesis.Hash),
        new LightClientOptions(),
        new FakeTimeProvider(_chain.Now));
}
