using EnergyChain.Client;
using EnergyChain.Client.Light;
using EnergyChain.Client.Model;
using EnergyChain.Contracts;
using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Core.Proofs;
using Microsoft.Extensions.Time.Testing;

namespace EnergyChain.Node.Tests.Api;

/// <summary>A light client that believes a genesis alone, over the real API of a node with a real chain.</summary>
public sealed class ProofRpcTests
{
    private string _directory = null!;
    private MarketChain _market = null!;
    private ApiHost _host = null!;
    private NodeClient _node = null!;

    [SetUp]
    public async Task Start()
    {
        _directory = Directory.CreateTempSubdirectory("light").FullName;
        _market = new MarketChain();
        _host = await ApiHost.StartAsync(real: _market.Chain);
        _node = new NodeClient(new NodeClientOptions { Node = new Uri(_host.Address), MaxAttempts = 1 });
    }

    [TearDown]
    public async Task Stop()
    {
        _node.Dispose();
        await _host.DisposeAsync();
        _market.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Test]
    public async Task Account_is_proven_as_it_was_before_the_head()
    {
        AccountValue genesis = await SellerAfterAsync(Offer());
        AccountValue first = await SellerAfterAsync(Offer());

        Assert.That(genesis.Nonce, Is.Zero);
        Assert.That(first.Nonce, Is.EqualTo(1));
        Assert.That(first.Balance, Is.LessThan(genesis.Balance));
    }

    [Test]
    public async Task Word_is_proven_and_so_is_its_absence()
    {
        Send(MarketChain.Seller, Offer());
        GenesisAccount contract = _market.Chain.Genesis.Accounts.Single(
            static account => account.Address == EnergyMarketContract.Address);
        StorageSlot slot = contract.Storage[0];
        UInt256 nothing = UInt256.MaxValue;
        StorageProof proof = await Light().AccountAsync(
            new ProofQuery(contract.Address, [slot.Key, nothing]), default);

        Assert.That(proof.Slots.Single(each => each.Slot == slot.Key).Word, Is.EqualTo(slot.Value));
        Assert.That(proof.Slots.Single(each => each.Slot == nothing).Word, Is.EqualTo(UInt256.Zero));
    }

    [Test]
    public async Task Before_the_first_block_nothing_can_be_proven()
    {
        NodeClientException refused = await RefusalOf(
            () => _node.GetProofAsync([new ProofQuery(Address.Zero, [])], default));

        Assert.That(refused.Message, Does.Contain("ask again after the next block"));
    }

    // The wallet runs the call again on these words; here it is enough that all it reads is among them.
    [Test]
    public async Task Call_comes_with_all_that_it_reads()
    {
        Commit(_market.Sign(
            MarketChain.Operator, EnergyMarketContract.PublishTariffs(_market.Slot, [400_000], [1_000]), 0));
        Send(MarketChain.Seller, Offer());
        Commit();
        StateWitness witness = await Light().CallAsync(
            new CallMessage(
                Address.Zero,
                EnergyMarketContract.Address,
                0,
                EnergyMarketContract.OpenOrders(_market.Slot, 0, 64).CallData,
                new Gas(10_000_000)),
            default);

        StorageProof market = witness.Accounts.Single(
            static account => account.Account.Address == EnergyMarketContract.Address);
        Assert.That(market.Slots, Has.Count.GreaterThan(3));
        Assert.That(market.Slots.Count(static slot => !slot.Word.IsZero), Is.GreaterThan(2));
        Assert.That(witness.Accounts, Has.Count.GreaterThan(1), "who calls is looked at as well");
    }

    [Test]
    public async Task Transaction_is_proven_with_its_events()
    {
        Transaction transaction = _market.Sign(
            MarketChain.Operator, EnergyMarketContract.PublishTariffs(_market.Slot, [400_000], [1_000]), 0);
        Commit(transaction);
        Task<TransactionProof> waiting = Light().TransactionAsync(transaction.Id, default);
        Commit();
        TransactionProof proof = await waiting;

        // Whoever asked before the second block waited for it, unless it came before the question.
        proof = proof.Outcome is null ? await Light().TransactionAsync(transaction.Id, default) : proof;
        Assert.That(_market.Chain.TryGetReceipts(new Height(1), out IReadOnlyList<Receipt>? receipts));
        Assert.That(proof.Outcome!.Receipt.Hash, Is.EqualTo(receipts![0].Hash));
        Assert.That(ContractEvents.NameOf(proof.Outcome.Receipt.Logs[0]), Is.EqualTo("TariffPublished"));
    }

    [Test]
    public async Task Unknown_transaction_is_not_found()
    {
        NodeClientException refused = await RefusalOf(
            () => _node.GetTransactionProofAsync(new Hash32(new byte[32]), default));

        Assert.That(refused.Error, Is.EqualTo(NodeClientError.NotFound));
    }

    [Test]
    public async Task Genesis_comes_whole_to_who_has_its_hash()
    {
        Commit();
        LightClient light = Light(new TrustAnchor(_market.Chain.Genesis.Hash));
        await light.HeadAsync(default);

        Assert.That(light.Proven!.Signatures, Is.EqualTo(1));
        NodeClientException refused = await RefusalOf(() => _node.GetGenesisPartAsync(100_000_000, default));
        Assert.That(refused.Error, Is.EqualTo(NodeClientError.InvalidRequest));
    }

    [Test]
    public async Task Too_much_at_once_is_refused()
    {
        Commit();
        UInt256[] slots = [.. Enumerable.Range(0, Limits.MaxProvenKeys).Select(static i => new UInt256((ulong)i))];
        NodeClientException refused = await RefusalOf(
            () => _node.GetProofAsync([new ProofQuery(Address.Zero, slots)], default));
        Assert.That(refused.Message, Does.Contain("2049 accounts and slots; at most 2048"));

        ProofQuery one = new(Address.Zero, []);
        refused = await RefusalOf(() => _node.GetProofAsync([one, one], default));
        Assert.That(refused.Message, Does.Contain("twice"));
    }

    // The figure of a balance at a few accounts; at a million it is the benchmark's.
    [Test]
    public async Task Witness_of_a_balance_is_small()
    {
        Commit();
        StateWitness witness = await _node.GetProofAsync(
            [new ProofQuery(MarketChain.Seller.Address, [])], default);

        Assert.That(Bcs.Encode(witness).Length, Is.LessThan(2_048));
        Assert.That(witness.PathsHold());
    }

    private static async Task<NodeClientException> RefusalOf(Func<Task> ask)
    {
        try
        {
            await ask();
        }
        catch (NodeClientException refusal)
        {
            return refusal;
        }

        throw new AssertionException("It was answered.");
    }

    private void Commit(params Transaction[] transactions)
    {
        _market.Now++;
        _market.Commit(transactions);
    }

    private void Send(SigningKey sender, byte[] call) => Commit(_market.Sign(sender, call, Collateral()));

    private byte[] Offer() => EnergyMarketContract.Offer(_market.Slot, 1, 1_000, 200_000, 0);

    private UInt256 Collateral() => _market.Parameters.CollateralFor(1_000);

    private async Task<AccountValue> SellerAfterAsync(byte[] call)
    {
        Send(MarketChain.Seller, call);
        StorageProof proof = await Light().AccountAsync(new ProofQuery(MarketChain.Seller.Address, []), default);
        return proof.Account.Value!.Value;
    }

    private LightClient Light(TrustAnchor? anchor = null) => new(
        _node,
        anchor ?? TrustAnchor.Of(_market.Chain.Genesis),
        new TrustFile(_directory, _market.Chain.Genesis.Hash),
        new LightClientOptions(),
        new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds((long)_market.Chain.Head.Time.UnixMs)));
}
