using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.Execution;
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
            new ProposalBuilder(_chain, pool, new BlockPace(_chain.Genesis.Parameters)).Build(
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
            Assert.That(Check(Next(term: wrong)), Is.EqualTo(ProposalVerdict.NotNext));
            Assert.That(Check(Next(nextTerm: wrong)), Is.EqualTo(ProposalVerdict.WrongNextTerm));
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
            Evidence forged = EvidenceOf(2, 3, signer: 1);
            Assert.That(Check(Next() with { Evidence = [forged] }), Is.EqualTo(ProposalVerdict.BadEvidence));
        });

        CommittedBlock block = _chain.MakeNext();
        Block carrying = block.Block with { Evidence = [sound] };
        _chain.Commit(block with { Block = carrying });
        EvidencePool pool = new(_chain);
        pool.Follow(_chain.Head.Height);
        Assert.That(pool.MayInclude([sound], _chain.Head.Height.Next, _chain.Head.Terms), Is.False);
        Assert.That(pool.Add(sound), Is.False);
    }

    [Test]
    public void Block_that_is_full_with_memos_is_judged_the_same_without_them()
    {
        SigningKey[] senders = [.. Enumerable.Range(900, 24).Select(TestKeys.Of)];
        byte[] memo = new byte[Limits.MaxMemoBytes];
        List<Transaction> transactions = [];
        foreach (SigningKey sender in senders)
        {
            _chain.Fund(sender.Address, 1_000_000_000_000);
            for (ulong nonce = 0; nonce < 110; nonce++)
            {
                transactions.Add(WithMemo(sender, nonce, memo));
            }
        }

        BlockAdmission with = Admit(transactions);
        BlockAdmission without = Admit(transactions.Select(transaction => transaction.WithoutMemo()));
        Assert.That(with.Count, Is.LessThan(transactions.Count), "the block is full");
        Assert.That(without.Count, Is.EqualTo(with.Count));
        Assert.That(without.Bytes, Is.EqualTo(with.Bytes));
        Assert.That(
            transactions.Take(with.Count).Sum(transaction => transaction.EncodedLength),
            Is.LessThanOrEqualTo(with.Bytes));

        static Transaction WithMemo(SigningKey sender, ulong nonce, byte[] memo) => new TransactionBody
        {
            ChainId = new ChainId(7),
            Nonce = nonce,
            GasLimit = new Gas(21_000),
            GasPrice = 1,
            To = TestTransactions.Somebody,
            ValidUntil = new Height(1_000),
            MemoHash = Blake2b.Hash(memo),
        }.Sign(sender, null, memo);
    }

    [Test]
    public void Memo_that_does_not_match_is_no_reason_to_refuse_a_block()
    {
        Transaction sound = TestTransactions.Transfer(TestKeys.Alice, 0, 1, Gas);
        Transaction odd = new(sound.Body, sound.PublicKey, sound.Signature, null, new byte[] { 1 });
        Assert.That(odd.MemoMatches(), Is.False);
        Assert.That(Judge(odd), Is.EqualTo(ProposalVerdict.Valid));
        Assert.That(new TransactionPool(_chain).Add(odd), Is.EqualTo(TransactionRefusal.MemoMismatch));
    }

    [Test]
    public void Evidence_that_is_too_old_neither_is_taken_nor_keeps_newer_evidence_out()
    {
        EvidencePool pool = new(_chain);
        pool.Follow(_chain.Head.Height);
        Evidence old = EvidenceOf(2, 3);
        Assert.That(pool.Add(old), Is.True);
        while (_chain.Head.Height.Value < 2 + Limits.MaxEvidenceAgeBlocks)
        {
            Assert.That(pool.For(_chain.Head.Height.Next, _chain.Head.Terms), Has.Count.EqualTo(1));
            _chain.Commit(_chain.MakeNext());
            pool.Follow(_chain.Head.Height);
        }

        Assert.That(pool.For(_chain.Head.Height.Next, _chain.Head.Terms), Is.Empty);
        Assert.That(pool.Add(old), Is.False);
        Assert.That(pool.Wants(EvidenceOf(ulong.MaxValue, 2)), Is.True, "its height is judged elsewhere");
        Assert.That(pool.Add(EvidenceOf(50, 3)), Is.True);
    }

    [Test]
    public void Evidence_against_who_has_left_the_council_since_is_neither_kept_nor_taken()
    {
        Term all = _chain.Head.Term;
        Term without = new(new Council(all.Council.Members.Take(3)), all.Parameters);
        _chain.Govern = (block, _) => block.Height.Value switch { 4 => without, 8 => all, _ => null };
        EvidencePool pool = new(_chain);
        Grow(3);
        Evidence before = EvidenceOf(3, 3);
        Assert.That(pool.Add(before), Is.True);
        Grow(4);
        Assert.That(pool.For(new Height(5), _chain.Head.Terms), Has.Count.EqualTo(1));
        Grow(5);
        Assert.That(pool.Waiting, Is.Zero, "no member from height 6 on");
        Assert.That(pool.Wants(before), Is.False);

        Grow(11);
        Assert.That(_chain.Head.Council.Count, Is.EqualTo(4), "back from height 10 on");
        Assert.That(pool.Wants(before), Is.False);
        Assert.That(Check(Next() with { Evidence = [before] }), Is.EqualTo(ProposalVerdict.BadEvidence));
        Assert.That(pool.Add(EvidenceOf(11, 3)), Is.True);
        Assert.That(Check(Next() with { Evidence = [EvidenceOf(10, 3)] }), Is.EqualTo(ProposalVerdict.Valid));

        void Grow(ulong height)
        {
            while (_chain.Head.Height.Value < height)
            {
                _chain.Commit(_chain.MakeNext());
            }

            pool.Follow(_chain.Head.Height);
        }
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

    private BlockAdmission Admit(IEnumerable<Transaction> transactions) => _chain.Read((state, head) =>
    {
        BlockAdmission admission = new(state, head.Height.Next, _chain.Genesis.Parameters);
        foreach (Transaction transaction in transactions)
        {
            admission.Add(transaction);
        }

        return admission;
    });

    private ProposalVerdict Judge(params Transaction[] transactions) =>
        Validator().CheckTransactions(transactions, _chain.Head);

    private ProposalValidator Validator() => new(_chain, new EvidencePool(_chain));

    private ProposalVerdict Check(Proposal proposal) => Validator().CheckHeader(proposal, _chain.Head);

    private Evidence EvidenceOf(ulong height, int validator, int? signer = null)
    {
        Vote[] votes = [.. new Hash32?[] { null, _chain.Head.Hash }.Select(hash => new Vote(
            VoteType.Prevote,
            new Height(height),
            Round.Zero,
            hash,
            validator,
            _chain.CouncilKey(signer ?? validator).Sign(
                SigningDomain.Vote,
                _chain.Genesis.ChainId,
                Vote.SignedBytes(VoteType.Prevote, new Height(height), Round.Zero, hash))))];
        return Evidence.Of(votes[0], votes[1])!;
    }

    private Proposal Next(
        Hash32? parent = null,
        ulong? height = null,
        Hash32? term = null,
        Hash32? nextTerm = null,
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
            TermHash = term ?? head.Term.Hash,
            NextTermHash = nextTerm ?? head.NextTerm.Hash,
            Proposer = proposer ?? head.Council[0].Address,
            LastCertificateHash = head.Certificate!.Hash,
            EvidenceRoot = Block.EvidenceRootOf([]),
        };
        return new Proposal(Round.Zero, null, header, head.Certificate, [], [], default);
    }
}
