using EnergyChain.Contracts;
using EnergyChain.Contracts.Genesis;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.Governance;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Storage;
using EnergyChain.Node.Tests.Fakes;
using EnergyChain.Vm;
using EnergyChain.Vm.Tracing;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.Node.Tests.Execution;

/// <summary>The chain with the compiled Council contract: votes, evidence, restarts.</summary>
public sealed class GovernedChainTests
{
    private static readonly SigningKey[] Keys = [.. Enumerable.Range(0, 5).Select(TestKeys.Of)];

    private static readonly ChainParameters Parameters =
        new() { ChainId = new ChainId(7), GasPrice = 1, EpochBlocks = 5 };

    private static readonly Genesis Genesis = MakeGenesis();

    private readonly Dictionary<int, ulong> _nonces = [];
    private string _root = null!;
    private DataDirectory _directory = null!;
    private Chain _chain = null!;

    [SetUp]
    public void Start()
    {
        _nonces.Clear();
        _root = Directory.CreateTempSubdirectory("energychain-governed-").FullName;
        Open();
    }

    [TearDown]
    public void Stop()
    {
        Close();
        Directory.Delete(_root, recursive: true);
    }

    [Test]
    public void Ledger_and_contract_name_the_same_accounts()
    {
        Assert.That(CouncilCall.Contract, Is.EqualTo(CouncilContract.Address));
        Assert.That(CouncilCall.System, Is.EqualTo(CouncilContract.System));
    }

    [Test]
    public void Votes_change_members_and_gas_price_from_the_second_height_after_the_epoch()
    {
        Vote();

        Assert.That(_chain.Head.Height, Is.EqualTo(new Height(5)));
        Assert.That(_chain.Head.Term.Hash, Is.EqualTo(Genesis.Term.Hash), "height 6 is still the old council's");
        Assert.That(_chain.Head.NextTerm.Council.Members.Select(member => member.PublicKey),
            Is.EqualTo(Keys.Select(key => key.PublicKey)));
        Commit();
        Assert.That(_chain.Head.Council.Count, Is.EqualTo(5));
        Assert.That(_chain.Head.Parameters.GasPrice, Is.EqualTo((UInt256)2));
        Transaction old = Send(0, CouncilContract.Approve(1), 1);
        Transaction now = Send(0, CouncilContract.Approve(1), 2);
        Assert.That(_chain.CheckTransaction(old), Is.EqualTo(TransactionRefusal.WrongGasPrice));
        Assert.That(_chain.CheckTransaction(now), Is.EqualTo(TransactionRefusal.None));
        Assert.That(
            _chain.Trace(new TransactionLocation(new Height(2), 0), new NullTracer(), CancellationToken.None),
            Is.EqualTo(TraceOutcome.Traced),
            "by the price of its own height");
    }

    // The checkpoint is of height 5, when the change is decided and not in force yet.
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(3)]
    public void Restart_over_a_change_gives_the_same_terms(int blocksAfter)
    {
        Vote();
        for (int i = 0; i < blocksAfter; i++)
        {
            Commit();
        }

        ChainHead head = _chain.Head;
        Close();
        Open();
        Assert.That(_chain.Head.Hash, Is.EqualTo(head.Hash));
        Assert.That(Bcs.Encode(_chain.Head.Terms), Is.EqualTo(Bcs.Encode(head.Terms)));
        Close();
        Directory.Delete(Path.Combine(_root, "state"), recursive: true);
        Open();
        Assert.That(Bcs.Encode(_chain.Head.Terms), Is.EqualTo(Bcs.Encode(head.Terms)), "from the block log alone");
        Commit();
        Commit();
    }

    [Test]
    public void Evidence_suspends_at_once_and_the_chain_of_certificates_shows_it()
    {
        Commit();
        Commit(Conviction(offender: 1, height: 1));
        Assert.That(_chain.Head.NextTerm.Council.Members.Select(member => member.PublicKey),
            Is.EqualTo(new[] { 0, 2, 3 }.Select(index => Keys[index].PublicKey)));
        Commit();
        Assert.That(_chain.Head.Council.Count, Is.EqualTo(3));
        Commit();

        TermChain proof = new(Genesis);
        _chain.TryGetBlock(new Height(3), out CommittedBlock? change);
        _chain.TryGetBlock(new Height(4), out CommittedBlock? head);
        Assert.That(proof.Extend(TermLink.Of(change!)!), Is.EqualTo(TermVerdict.Holds));
        Assert.That(proof.Prove(head!.Block.Header, head.Certificate), Is.EqualTo(TermVerdict.Holds));
    }

    // Suspended to the last one, the council would be nobody.
    [Test]
    public void Last_member_is_never_suspended()
    {
        Commit();
        Commit([.. Enumerable.Range(0, 4).Select(member => Conviction(member, 1))]);
        Commit();
        Assert.That(_chain.Head.Council.Count, Is.EqualTo(1));
        Commit(Conviction(offender: 0, height: _chain.Head.Height.Value));
        Commit();
        Commit();
        Assert.That(_chain.Head.Council.Count, Is.EqualTo(1));
    }

    [Test]
    public void Block_with_another_next_term_than_ours_diverges()
    {
        Vote();
        Term wrong = new(_chain.Head.NextTerm.Council, Parameters);

        Assert.That(_chain.Commit(Next([], [], wrong)), Is.EqualTo(CommitOutcome.Diverges));
        Assert.That(_chain.Commit(Next([], [], null)), Is.EqualTo(CommitOutcome.Diverges), "left out");
        Commit();
    }

    /// <summary>Five blocks in which three of four members vote for a fifth and for another gas price.</summary>
    private void Vote()
    {
        Commit(
            Send(0, CouncilContract.ProposeAdd(Keys[4].PublicKey, 10)),
            Send(0, CouncilContract.ProposeParameter(CouncilParameter.GasPrice, 2, 10)));
        Commit(Send(1, CouncilContract.Approve(1)), Send(1, CouncilContract.Approve(2)));
        Commit(Send(2, CouncilContract.Approve(1)), Send(2, CouncilContract.Approve(2)));
        Commit();
        Commit();
    }

    private void Commit(params Transaction[] transactions) => Commit([], transactions);

    private void Commit(params Evidence[] evidence) => Commit(evidence, []);

    private void Commit() => Commit([], []);

    private void Commit(Evidence[] evidence, Transaction[] transactions)
    {
        CommittedBlock block = Next(evidence, transactions, _chain.Head.ChangedTerm);
        Assert.That(_chain.Commit(block), Is.EqualTo(CommitOutcome.Committed));
        _chain.TryGetReceipts(block.Block.Height, out IReadOnlyList<Receipt>? receipts);
        Assert.That(receipts!.All(receipt => receipt.Succeeded));
    }

    private CommittedBlock Next(Evidence[] evidence, Transaction[] transactions, Term? next)
    {
        ChainHead head = _chain.Head;
        BlockHeader header = new()
        {
            ChainId = Genesis.ChainId,
            Height = head.Height.Next,
            Time = head.Time.AddMs(1_000),
            ParentHash = head.Hash,
            TransactionsRoot = Block.TransactionsRootOf(transactions.Select(transaction => transaction.Id)),
            ParentStateRoot = head.StateRoot,
            ParentReceiptsRoot = head.ReceiptsRoot,
            ParentGasUsed = head.GasUsed,
            TermHash = head.Term.Hash,
            NextTermHash = (next ?? head.Term).Hash,
            Proposer = Keys[0].Address,
            LastCertificateHash = head.Certificate?.Hash ?? Hash32.Zero,
            EvidenceRoot = Block.EvidenceRootOf(evidence),
        };
        byte[] signed = Core.Chain.Vote.SignedBytes(VoteType.Precommit, header.Height, Round.Zero, header.Hash);
        CommitCertificate certificate = new(
            header.Height,
            Round.Zero,
            header.Hash,
            [.. Enumerable.Range(0, head.Council.Count)],
            [
                .. head.Council.Members.Select(member => Keys.Single(key => key.PublicKey == member.PublicKey)
                    .Sign(SigningDomain.Vote, Genesis.ChainId, signed)),
            ]);
        return new CommittedBlock(new Block(header, head.Certificate, evidence, transactions, next), certificate);
    }

    private Transaction Send(int member, byte[] data, ulong gasPrice = 1)
    {
        ulong nonce = _nonces.GetValueOrDefault(member);
        _nonces[member] = nonce + 1;
        return new TransactionBody
        {
            ChainId = Genesis.ChainId,
            Nonce = nonce,
            GasLimit = new Gas(2_000_000),
            GasPrice = gasPrice,
            To = CouncilContract.Address,
            Data = data,
            ValidUntil = new Height(1_000),
        }.Sign(Keys[member]);
    }

    private static Evidence Conviction(int offender, ulong height)
    {
        Vote one = new(VoteType.Prevote, new Height(height), Round.Zero, null, offender, default);
        return Evidence.Of(one, one with { BlockHash = Blake2b.Hash([1]) })!;
    }

    private static Genesis MakeGenesis()
    {
        PublicKey[] members = [.. Keys.Take(4).Select(key => key.PublicKey)];
        GenesisContract contract = GenesisContracts.Council(members, Parameters);
        GenesisAccount account = new(
            contract.Address,
            contract.Balance,
            contract.RuntimeCode,
            [.. contract.Storage.Select(slot => new StorageSlot(slot.Key, slot.Value)).OrderBy(slot => slot.Key)]);
        IEnumerable<GenesisAccount> funds =
            Keys.Select(key => new GenesisAccount(key.Address, 1_000_000_000_000, default, []));
        return new Genesis(
            new BlockTime(1_700_000_000_000),
            Parameters,
            new Council(members.Select(key => new CouncilMember(key))),
            [.. funds.Append(account).OrderBy(each => each.Address)]);
    }

    private void Open()
    {
        _directory = DataDirectory.Open(_root, Genesis.Hash, new PhysicalDisk());
        _chain = Chain.Open(Genesis, _directory, new ChainOptions { CheckpointBlocks = 5 }, NullLogger.Instance);
    }

    private void Close()
    {
        _chain.Dispose();
        _directory.Dispose();
    }

    private sealed class NullTracer : ITracer
    {
        public void BeginCall(in TraceCall call)
        {
        }

        public void BeginStep(in TraceStep step)
        {
        }

        public void EndStep(ulong gasCost, ExecutionStatus status)
        {
        }

        public void EndCall(ExecutionStatus status, ulong gasUsed, ReadOnlySpan<byte> output)
        {
        }
    }
}
