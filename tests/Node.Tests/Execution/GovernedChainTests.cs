using EnergyChain.Contracts;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.Governance;
using EnergyChain.Node.Execution;
using EnergyChain.Vm;
using EnergyChain.Vm.Tracing;

namespace EnergyChain.Node.Tests.Execution;

/// <summary>The chain with the compiled Council contract: votes, evidence, restarts.</summary>
public sealed class GovernedChainTests
{
    private static readonly SigningKey[] Keys = GovernedChain.Keys;
    private static readonly ChainParameters Parameters = GovernedChain.Parameters;
    private static readonly Genesis Genesis = GovernedChain.Genesis;

    private GovernedChain _governed = null!;
    private Chain _chain = null!;

    [SetUp]
    public void Start()
    {
        _governed = new GovernedChain(new ChainOptions { CheckpointBlocks = 5 });
        Open();
    }

    [TearDown]
    public void Stop() => _governed.Dispose();

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
        Transaction old = _governed.Send(0, CouncilContract.Approve(1), 1);
        Transaction now = _governed.Send(0, CouncilContract.Approve(1), 2);
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
        Directory.Delete(Path.Combine(_governed.Root, "state"), recursive: true);
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

        Assert.That(_chain.Commit(_governed.Next([], [], wrong)), Is.EqualTo(CommitOutcome.Diverges));
        Assert.That(_chain.Commit(_governed.Next([], [], null)), Is.EqualTo(CommitOutcome.Diverges), "left out");
        Commit();
    }

    private static Evidence Conviction(int offender, ulong height)
    {
        Vote one = new(VoteType.Prevote, new Height(height), Round.Zero, null, offender, default);
        return Evidence.Of(one, one with { BlockHash = Blake2b.Hash([1]) })!;
    }

    private void Vote() => _governed.Vote();

    private void Commit(params Evidence[] evidence) => _governed.Commit(evidence, []);

    private void Commit() => _governed.Commit();

    private void Open()
    {
        _governed.Open();
        _chain = _governed.Chain;
    }

    private void Close() => _governed.Close();

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
