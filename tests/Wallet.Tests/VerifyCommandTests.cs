using System.Text.Json;
using EnergyChain.Client;
using EnergyChain.Contracts;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Core.Proofs;
using EnergyChain.Ledger.GenesisFormat;
using EnergyChain.Vm.State;
using EnergyChain.Wallet.Cli;
using Microsoft.Extensions.Time.Testing;

namespace EnergyChain.Wallet.Tests;

public sealed class VerifyCommandTests
{
    private WalletRun _run = null!;
    private ProofChain _chain = null!;
    private string _genesis = null!;

    [SetUp]
    public void Start()
    {
        _run = new WalletRun();
        _chain = new ProofChain();
        _chain.Pay(_run.Alice, FakeNode.Enc("2.5"));
        _run.Node.Proofs = _chain;
        _run.Time = new FakeTimeProvider(_chain.Now);
        _genesis = Path.Combine(_run.Home, "genesis.json");
        File.WriteAllBytes(_genesis, GenesisFile.Write(_chain.Genesis));
    }

    [TearDown]
    public void Stop() => _run.Dispose();

    // The fake node says 100 ENC to whom believes it.
    [Test]
    public async Task Balance_says_whom_it_rests_on()
    {
        Assert.That(await _run.Async("balance"), Is.EqualTo(ExitCode.Ok));
        Assert.That(_run.Output.Output, Does.StartWith("100.0 ENC"));
        Assert.That(_run.Errors.Output, Is.EqualTo("as told by http://127.0.0.1:30309, not proven\n"));
    }

    [Test]
    public async Task Proven_balance_names_height_signatures_and_genesis()
    {
        Assert.That(await _run.Async("balance", "--verify", "--genesis", _genesis), Is.EqualTo(ExitCode.Ok));
        Assert.That(_run.Output.Output, Does.StartWith("2.5 ENC"));
        Assert.That(_run.Errors.Output, Is.EqualTo(
            $"proven at height 3, 3 of 4 council signatures, chained from genesis {_chain.Genesis.Hash}\n"));
    }

    [Test]
    public async Task Hash_of_the_genesis_from_the_environment_will_do()
    {
        _run.Set(GlobalOptions.GenesisVariable, _chain.Genesis.Hash.ToString());
        Assert.That(await _run.Async("balance", "--verify", "--json"), Is.EqualTo(ExitCode.Ok));
        Assert.That(_run.Json.GetProperty("balance").GetString(), Is.EqualTo("2500000000000000000"));
        Assert.That(_run.Json.GetProperty("trust").EnumerateObject().Select(static field => field.Name), Is.EqualTo(
            new[] { "proven", "node", "height", "block", "time", "signatures", "council", "genesis" }));
        Assert.That(_run.Json.GetProperty("trust").GetProperty("proven").GetBoolean(), Is.True);
    }

    [Test]
    public async Task Lying_node_is_a_sentence_and_an_exit_code_of_its_own()
    {
        _chain.OnWitness = static witness =>
        {
            StorageProof storage = witness.Accounts[0];
            AccountValue richer = storage.Account.Value!.Value with { Balance = FakeNode.Enc("100") };
            return witness with { Accounts = [storage with { Account = storage.Account with { Value = richer } }] };
        };

        Assert.That(
            await _run.Async("balance", "--verify", "--genesis", _genesis), Is.EqualTo(ExitCode.NotProven));
        Assert.That(_run.Output.Output, Is.Empty);
        Assert.That(_run.Errors.Output, Is.EqualTo(
            $"error: What the node says of account {_run.Alice} does not stand under the state root that block 3 "
            + "states.\n"));
    }

    [Test]
    public async Task Lie_as_json_is_not_proven()
    {
        _chain.OnHeader = (_, _) => ProofChain.Certify(_chain.Head.Header, ProofChain.CouncilOf(1, 2, 3, 4), 1, 2);
        Assert.That(
            await _run.Async("block", "--verify", "--genesis", _genesis, "--json"), Is.EqualTo(ExitCode.NotProven));
        Assert.That(
            _run.ErrorJson.GetProperty("error").GetProperty("code").GetString(), Is.EqualTo("not_proven"));
    }

    // A view call runs here, on proven words: the fake node's own answer would be another one.
    [Test]
    public async Task Call_is_run_again_on_proven_state()
    {
        _run.Node.Answer(
            MeterRegistryContract.Artifact.Abi, "siteAccount", Address.FromNumber(0xBAD));
        Assert.That(
            await _run.Async(
                "account", ProofChain.Key(6).Address.ToString(), "--verify", "--genesis", _genesis, "--json"),
            Is.EqualTo(ExitCode.Ok));
        Assert.That(_run.Json.GetProperty("site").GetInt32(), Is.EqualTo(2));
        Assert.That(_run.Json.GetProperty("exists").GetBoolean(), Is.False);
    }

    [Test]
    public async Task Book_of_a_slot_is_proven()
    {
        Assert.That(
            await _run.Async("book", "1890000", "--verify", "--genesis", _genesis), Is.EqualTo(ExitCode.Ok));
        Assert.That(_run.Output.Output, Does.Contain("Slot 1890000 has no open orders."));
        Assert.That(_run.Errors.Output, Does.StartWith("proven at height 3"));
    }

    [Test]
    public async Task Certificates_and_single_orders_are_proven()
    {
        Assert.That(
            await _run.Async("certificates", "1890000", "--verify", "--genesis", _genesis), Is.EqualTo(ExitCode.Ok));
        Assert.That(_run.Output.Output, Does.Contain($"{_run.Alice} holds no certificates of slot 1890000."));
        Assert.That(
            await _run.Async("order", "9", "--verify", "--genesis", _genesis), Is.EqualTo(ExitCode.Refused));
        Assert.That(_run.Errors.Output, Does.Contain("Order 9 is not open"));
    }

    [Test]
    public async Task Council_is_proven()
    {
        await _run.Async("council", "parameters", "--verify", "--genesis", _genesis);
        Assert.That(_run.Errors.Output, Does.StartWith("proven at height 3"));
    }

    [Test]
    public async Task Word_that_a_call_needs_and_the_proof_lacks_is_no_zero()
    {
        _chain.OnWitness = static witness => witness with
        {
            Accounts = [.. witness.Accounts.Select(static account => account with { Slots = [] })],
        };

        Assert.That(
            await _run.Async("book", "1890000", "--verify", "--genesis", _genesis),
            Is.EqualTo(ExitCode.NotProven));
        Assert.That(_run.Errors.Output, Does.Contain("which the node's proof leaves out."));
    }

    [Test]
    public async Task Code_that_is_not_the_proven_one_is_refused()
    {
        _run.Node.WrongCode = [0x60, 0x01];
        Assert.That(
            await _run.Async("book", "1890000", "--verify", "--genesis", _genesis),
            Is.EqualTo(ExitCode.NotProven));
        Assert.That(_run.Errors.Output, Does.Contain("is not that of the proven hash"));
    }

    [TestCase("orders")]
    [TestCase("trades")]
    [TestCase("history")]
    [TestCase("readings", "1")]
    [TestCase("settlement", "12")]
    [TestCase("site", "1")]
    [TestCase("node", "status")]
    [TestCase("node", "peers")]
    [TestCase("trace", "0x81a393b32dc99f584f0dbf2b402f40aaf4cea3fc3db813b556aa9f06e941db5a")]
    public async Task What_nothing_proves_is_refused(params string[] command)
    {
        Assert.That(
            await _run.Async([.. command, "--verify", "--genesis", _genesis]), Is.EqualTo(ExitCode.Usage));
        Assert.That(_run.Errors.Output, Does.StartWith("error: This cannot be proven. "));
        Assert.That(_run.Output.Output, Is.Empty);
    }

    [TestCase("--verify needs the genesis that you trust")]
    [TestCase("--genesis is 'nowhere.json'", "--genesis", "nowhere.json")]
    [TestCase("--max-age is 0; it can be 1 to 86400 seconds.", "--max-age", "0", "--genesis", "x")]
    public async Task What_verify_lacks_is_said(string sentence, params string[] options)
    {
        Assert.That(await _run.Async(["balance", "--verify", .. options]), Is.EqualTo(ExitCode.Usage));
        Assert.That(_run.Errors.Output, Does.Contain(sentence));
    }

    [Test]
    public async Task Genesis_of_another_chain_proves_nothing()
    {
        File.WriteAllBytes(_genesis, GenesisFile.Write(new ProofChain(seed: 5).Genesis));
        Assert.That(
            await _run.Async("balance", "--verify", "--genesis", _genesis), Is.EqualTo(ExitCode.NotProven));
        Assert.That(_run.Errors.Output, Does.Contain("no chain of signatures leads from the genesis"));
    }

    [Test]
    public async Task Old_head_is_refused_but_for_who_accepts_its_age()
    {
        _run.Time = new FakeTimeProvider(_chain.Now.AddMinutes(10));
        Assert.That(
            await _run.Async("balance", "--verify", "--genesis", _genesis), Is.EqualTo(ExitCode.NotProven));
        Assert.That(_run.Errors.Output, Does.Contain("600 s ago; 120 s are accepted"));
        Assert.That(
            await _run.Async("balance", "--verify", "--genesis", _genesis, "--max-age", "601"),
            Is.EqualTo(ExitCode.Ok));
    }

    [Test]
    public async Task Transaction_is_proven_with_its_events()
    {
        Transaction transaction = new TransactionBody
        {
            ChainId = new ChainId(7),
            Nonce = 0,
            Value = 0,
            GasLimit = new Gas(60_000),
            GasPrice = 5,
            To = EnergyMarketContract.Address,
            ValidUntil = new Height(50),
        }.Sign(ProofChain.Key(5));
        Hash32 topic = EnergyMarketContract.Artifact.Abi.Events.Single(each => each.Name == "SlotSettled").Topic;
        Receipt receipt = new(
            transaction.Id,
            true,
            new Gas(40_000),
            null,
            [new LogEntry(EnergyMarketContract.Address, [topic], new byte[] { 1 })],
            ReadOnlyMemory<byte>.Empty);
        _chain.Append(contents: (transaction, receipt));
        _chain.Append();

        Assert.That(
            await _run.Async("transaction", transaction.Id.ToString(), "--verify", "--genesis", _genesis),
            Is.EqualTo(ExitCode.Ok));
        Assert.That(_run.Output.Output, Does.Contain("SlotSettled"));
        Assert.That(_run.Output.Output, Does.Contain("40000 gas"));
        Assert.That(_run.Errors.Output, Does.StartWith("proven at height 5"));
    }

    [Test]
    public async Task Place_in_the_block_and_next_nonce_are_the_nodes_word_and_not_shown_as_proven()
    {
        (Transaction transaction, Receipt receipt) = Sent();
        _chain.Append(contents: (transaction, receipt));
        _chain.Append();
        await _run.Async("transaction", transaction.Id.ToString(), "--verify", "--genesis", _genesis, "--json");
        Assert.That(
            _run.Json.GetProperty("receipt").GetProperty("index").ValueKind, Is.EqualTo(JsonValueKind.Null));

        using WalletRun other = new();
        other.Node.Proofs = _chain;
        other.Time = _run.Time;
        _chain.Pay(other.Alice, 1);
        Assert.That(
            await other.Async("account", "--verify", "--genesis", _genesis, "--json"), Is.EqualTo(ExitCode.Ok));
        Assert.That(other.Json.GetProperty("nonce").GetUInt64(), Is.GreaterThan(0));
        Assert.That(other.Json.GetProperty("next_nonce").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public async Task What_was_sent_and_not_waited_for_is_not_proven()
    {
        Assert.That(
            await _run.Async(
                "send", ProofChain.Key(2).Address.ToString(), "1", "--yes", "--no-wait", "--verify", "--genesis",
                _genesis),
            Is.EqualTo(ExitCode.Ok),
            _run.Errors.Output);
        Assert.That(_run.Node.Submitted, Has.Count.EqualTo(1));
        Assert.That(_run.Errors.Output, Is.EqualTo("as told by http://127.0.0.1:30309, not proven\n"));
    }

    [Test]
    public async Task Erasure_that_the_council_never_decided_is_a_lie()
    {
        (Transaction transaction, Receipt receipt) = Sent();
        _chain.Append(contents: (transaction, receipt));
        _chain.Append();
        _chain.OnTransaction = static _ => throw new NodeClientException(
            NodeClientError.Erased, "The record was erased by decision 7 of the council at height 4 (court).");

        Assert.That(
            await _run.Async("transaction", transaction.Id.ToString(), "--verify", "--genesis", _genesis),
            Is.EqualTo(ExitCode.NotProven));
        Assert.That(_run.Errors.Output, Does.Contain("no such decision is proven"));
    }

    [Test]
    public async Task Erasure_that_the_council_decided_is_proven()
    {
        (Transaction transaction, Receipt receipt) = Sent();
        _chain.Append(contents: (transaction, receipt));
        _chain.Append(Decide(transaction.Id));
        _chain.Append();
        _chain.OnTransaction = static _ => throw new NodeClientException(
            NodeClientError.Erased, "The record was erased by decision 99 of the council at height 4 (mistake).");

        Assert.That(
            await _run.Async("transaction", transaction.Id.ToString(), "--verify", "--genesis", _genesis),
            Is.EqualTo(ExitCode.Erased),
            _run.Errors.Output);
        Assert.That(_run.Errors.Output, Does.Contain(
            "was erased by decision 7 of the council at height 4 (court), which is proven."));
    }

    private static (Transaction Transaction, Receipt Receipt) Sent()
    {
        Transaction transaction = new TransactionBody
        {
            ChainId = new ChainId(7),
            Nonce = 0,
            GasLimit = new Gas(60_000),
            GasPrice = 5,
            To = Address.FromNumber(9),
            ValidUntil = new Height(50),
        }.Sign(ProofChain.Key(5));
        return (transaction, new Receipt(
            transaction.Id, true, new Gas(21_000), null, [], ReadOnlyMemory<byte>.Empty));
    }

    /// <summary>As the contract stores decision 7: the first one, at height 4, by a court.</summary>
    private static StateChanges Decide(Hash32 transactionId)
    {
        ContractStorage storage = new(CouncilContract.Artifact.StorageLayout);
        storage.Set("_erasureCount", 1);
        storage.SetMapped("_erasureOf", UInt256.FromBigEndian(transactionId.ToArray()), 1);
        storage.SetMappedMember(
            "_erasures", 0, "transactionId", UInt256.FromBigEndian(transactionId.ToArray()));
        storage.SetMappedMember("_erasures", 0, "decision", 7);
        storage.SetMappedMember("_erasures", 0, "height", 4);
        storage.SetMappedMember("_erasures", 0, "ground", (ulong)ErasureGround.Court);
        return new StateChanges(
            [],
            [
                .. storage.Slots.Select(static slot =>
                    new StorageChange(CouncilContract.Address, slot.Key, slot.Value)),
            ],
            []);
    }
}
