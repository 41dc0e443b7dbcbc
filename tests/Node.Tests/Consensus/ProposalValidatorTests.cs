using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Consensus;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Pool;
using EnergyChain.Node.Tests.Fakes;

namespace EnergyChain.Node.Tests.Consensus;

public sealed class ProposalValidatorTests
{
    private const ulong Gas = 100_000;

    private FakeChain _chain = new();

    [SetUp]
    public void Grow()
    {
        _chain = new FakeChain();
        _chain.Fund(TestKeys.Alice.Address, 1_000_000);
        _chain.Commit(_chain.MakeNext());
        _chain.Commit(_chain.MakeNext());
    }

    [Test]
    public void Built_block_is_valid()
    {
        TransactionPool pool = new(_chain);
        pool.Add(TestTransactions.Transfer(TestKeys.Alice, 0, 1, Gas));
        pool.Add(TestTransactions.Transfer(TestKeys.Alice, 1, 1, Gas));
        ChainHead head = _chain.Head;
        (EnergyChain.Consensus.Inputs.ProposedValue value, IReadOnlyList<Transaction> transactions) =
            new ProposalBuilder(_chain, pool).Build(
                head, head.Time.AddMs(1_000), head.Council[1].Address, head.Certificate, []);

        Assert.That(transactions, Has.Count.EqualTo(2));
        Assert.That(Check(value.ToProposal(Round.Zero, null, default)), Is.EqualTo(ProposalVerdict.Valid));
        Assert.That(Validator().CheckTransactions(transactions, head), Is.EqualTo(ProposalVerdict.Valid));
    }

    [Test]
    public void Header_that_differs_from_our_own_chain_is_refused_by_name()
    {
        BlockTime time = _chain.Head.Time;
        Hash32 wrong = _chain.Genesis.Hash;
        Assert.Multiple(() =>
        {
            Assert.That(Check(Next()), Is.EqualTo(ProposalVerdict.Valid));
            Assert.That(Check(Next(parent: wrong)), Is.EqualTo(ProposalVerdict.NotNext));
            Assert.That(Check(Next(height: 4)), Is.EqualTo(ProposalVerdict.NotNext));
            Assert.That(Check(Next(council: wrong)), Is.EqualTo(ProposalVerdict.NotNext));
            Assert.That(Check(Next(proposer: TestKeys.Alice.Address)), Is.EqualTo(ProposalVerdict.NotNext));
            Assert.That(Check(Next(time: time.AddMs(999))), Is.EqualTo(ProposalVerdict.TooEarly));
            Assert.That(Check(Next(state: wrong)), Is.EqualTo(ProposalVerdict.RootsDiverge));
        });
    }

    [Test]
    public void Certificate_of_another_block_or_without_a_quorum_is_refused()
    {
        ChainHead head = _chain.Head;
        Assert.Multiple(() =>
        {
            Assert.That(Check(Next() with { LastCertificate = null }), Is.EqualTo(ProposalVerdict.BadCertificate));
            Assert.That(Certified(head.Height, head.Hash, 2), Is.EqualTo(ProposalVerdict.BadCertificate));
            Assert.That(Certified(head.Height, default, 3), Is.EqualTo(ProposalVerdict.BadCertificate));
            Assert.That(Certified(new Height(1), head.Hash, 3), Is.EqualTo(ProposalVerdict.BadCertificate));
            Assert.That(Certified(head.Height, head.Hash, 4), Is.EqualTo(ProposalVerdict.Valid));
        });

        ProposalVerdict Certified(Height height, Hash32 block, int signers) =>
            Check(Next() with { LastCertificate = _chain.Certify(height, block, signers) });
    }

    [Test]
    public void Evidence_that_was_included_or_is_too_young_or_does_not_hold_is_refused()
    {
        Evidence sound = EvidenceOf(2, 3);
        Assert.Multiple(() =>
        {
            Assert.That(Check(Next() with { Evidence = [sound] }), Is.EqualTo(ProposalVerdict.Valid));
            Assert.That(Check(Next() with { Evidence = [sound, sound] }), Is.EqualTo(ProposalVerdict.BadEvidence));
            Assert.That(Check(Next() with { Evidence = [EvidenceOf(3, 3)] }), Is.EqualTo(ProposalVerdict.BadEvidence));
            Evidence forged = sound with { First = sound.First with { Validator = 1 } };
            Assert.That(Check(Next() with { Evidence = [forged] }), Is.EqualTo(ProposalVerdict.BadEvidence));
        });

        CommittedBlock block = _chain.MakeNext();
        Block carrying = block.Block with { Evidence = [sound] };
        _chain.Commit(block with { Block = carrying });
        EvidencePool pool = new(_chain);
        pool.Follow(_chain.Head.Height);
        Assert.That(pool.MayInclude([sound], _chain.Head.Height.Next, _chain.Head.Council), Is.False);
        Assert.That(pool.Add(sound), Is.False);
    }

    [Test]
    public void Transactions_that_are_stale_or_cannot_pay_are_refused()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Judge(Alices(0, 1)), Is.EqualTo(ProposalVerdict.Valid));
            Assert.That(Judge(Alices(1, 1)), Is.EqualTo(ProposalVerdict.BadTransaction));
            Assert.That(
                Judge(TestTransactions.Transfer(TestKeys.Bob, 0, 1, Gas)), Is.EqualTo(ProposalVerdict.BadTransaction));
            Assert.That(
                Judge(Alices(0, 700_000), Alices(1, 190_000)),
                Is.EqualTo(ProposalVerdict.BadTransaction),
                "each alone could be paid");
        });

        static Transaction Alices(ulong nonce, ulong value) =>
            TestTransactions.Transfer(TestKeys.Alice, nonce, value, Gas);
    }

    private ProposalVerdict Judge(params Transaction[] transactions) =>
        Validator().CheckTransactions(transactions, _chain.Head);

    private ProposalValidator Validator() => new(_chain, new EvidencePool(_chain));

    private ProposalVerdict Check(Proposal proposal) => Validator().CheckHeader(proposal, _chain.Head);

    private Evidence EvidenceOf(ulong height, int validator)
    {
        Vote[] votes = [.. new Hash32?[] { null, _chain.Head.Hash }.Select(hash => new Vote(
            VoteType.Prevote,
            new Height(height),
            Round.Zero,
            hash,
            validator,
            _chain.CouncilKey(validator).Sign(
                EnergyChain.Core.Crypto.SigningDomain.Vote,
                _chain.Genesis.ChainId,
                Vote.SignedBytes(VoteType.Prevote, new Height(height), Round.Zero, hash))))];
        return Evidence.Of(votes[0], votes[1])!;
    }

    private Proposal Next(
        Hash32? parent = null,
        ulong? height = null,
        Hash32? council = null,
        Address? proposer = null,
        BlockTime? time = null,
        Hash32? state = null)
    {
        ChainHead head = _chain.Head;
        BlockHeader header = new()
        {
            ChainId = _chain.Genesis.ChainId,
            Height = height is { } given ? new Height(given) : head.Height.Next,
            Time = time ?? head.Time.AddMs(1_000),
            ParentHash = parent ?? head.Hash,
            TransactionsRoot = Block.TransactionsRootOf([]),
            ParentStateRoot = state ?? head.StateRoot,
            ParentReceiptsRoot = head.ReceiptsRoot,
            ParentGasUsed = head.GasUsed,
            CouncilHash = council ?? head.Council.Hash,
            Proposer = proposer ?? head.Council[0].Address,
            LastCertificateHash = head.Certificate!.Hash,
            EvidenceRoot = Block.EvidenceRootOf([]),
        };
        return new Proposal(Round.Zero, null, header, head.Certificate, [], [], default);
    }
}
