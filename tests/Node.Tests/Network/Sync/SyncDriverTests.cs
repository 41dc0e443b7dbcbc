using CsCheck;
using EnergyChain.Contracts;
using EnergyChain.Contracts.Views;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Network;
using EnergyChain.Node.Network.Sync;
using EnergyChain.Node.Tests.Fakes;

namespace EnergyChain.Node.Tests.Network.Sync;

/// <summary>The sync driver among honest, slow, silent and lying peers, in virtual time.</summary>
[TestFixture]
internal sealed class SyncDriverTests
{
    private const int Length = 120;
    private static readonly FakeChain Truth = Grown(Length);
    private static readonly FakeChain Other = Grown(Length, timeMs: 2_000);

    [Test]
    public void Ranges_come_from_all_peers_and_every_block_is_committed_once()
    {
        SyncScene scene = new(Fresh());
        for (int peer = 0; peer < 4; peer++)
        {
            scene.Add(peer, Truth);
        }

        Assert.That(scene.RunTo(Length));
        Assert.That(scene.Chain.Head.Hash, Is.EqualTo(Truth.Head.Hash));
        Assert.That(scene.Chain.CommitCalls, Is.EqualTo(Length));
        Assert.That(scene.Asked.Select(each => each.Peer).Distinct().Count(), Is.EqualTo(4));
        Assert.That(scene.Asked, Has.Count.EqualTo(Length / 8), "no range is asked for twice where nothing fails");
        Assert.That(scene.AnnouncedOn.Select(each => each.Block.Height.Value), Is.EqualTo(new[] { (ulong)Length }));
        Assert.That(scene.Blamed, Is.Empty);
    }

    [Test]
    public void Certified_chain_with_another_block_than_the_trusted_one_is_followed_up_to_it_only()
    {
        Other.TryGetBlock(new Height(30), out CommittedBlock? trusted);
        SyncScene scene = new(
            Fresh(), options => options.Trusted = new TrustedBlock(trusted!.Block.Height, trusted.Block.Hash));
        ScriptedPeer peer = scene.Add(1, Truth);

        Assert.That(scene.RunTo(30, patienceMs: 10_000), Is.False);
        Assert.That(scene.Chain.Head.Height, Is.EqualTo(new Height(29)));
        Assert.That(scene.Blamed[0], Is.EqualTo((peer.Id, SyncFault.BadBlock, BlockVerdict.NotTrusted)));
    }

    [Test]
    public void Chain_with_the_trusted_block_is_followed_beyond_it()
    {
        Truth.TryGetBlock(new Height(30), out CommittedBlock? trusted);
        SyncScene scene = new(
            Fresh(), options => options.Trusted = new TrustedBlock(trusted!.Block.Height, trusted.Block.Hash));
        scene.Add(1, Truth);

        Assert.That(scene.RunTo(Length));
        Assert.That(scene.Blamed, Is.Empty);
    }

    [TestCase("bad certificate", SyncFault.BadBlock, BlockVerdict.BadCertificate)]
    [TestCase("certificate of another block", SyncFault.BadBlock, BlockVerdict.CertificateMismatch)]
    [TestCase("forged signature", SyncFault.BadBlock, BlockVerdict.BadTransaction)]
    [TestCase("transaction left out", SyncFault.BadBlock, BlockVerdict.ContentsMismatch)]
    [TestCase("other term", SyncFault.BadBlock, BlockVerdict.OtherTerm)]
    [TestCase("another chain", SyncFault.BadBlock, BlockVerdict.HeaderMismatch)]
    [TestCase("gap", SyncFault.WrongRange, BlockVerdict.Valid)]
    [TestCase("other heights", SyncFault.WrongRange, BlockVerdict.Valid)]
    [TestCase("more than asked for", SyncFault.WrongRange, BlockVerdict.Valid)]
    [TestCase("garbage", SyncFault.WrongRange, BlockVerdict.Valid)]
    [TestCase("nothing", SyncFault.Empty, BlockVerdict.Valid)]
    [TestCase("silence", SyncFault.Timeout, BlockVerdict.Valid)]
    public void Peer_that_lies_or_fails_is_blamed_and_replaced(string lie, SyncFault fault, BlockVerdict verdict)
    {
        SyncScene scene = new(Fresh());
        ScriptedPeer liar = scene.Add(1, Truth, (request, honest) => Lie(lie, request, honest), latencyMs: 1);
        scene.Add(2, Truth);

        Assert.That(scene.RunTo(Length));
        Assert.That(scene.Chain.Head.Hash, Is.EqualTo(Truth.Head.Hash));
        Assert.That(scene.Chain.CommitCalls, Is.EqualTo(Length), "nothing false may reach the chain");

        // What is silent is blamed when its time is up, which may be after the others have delivered.
        Assert.That(scene.Run(() => scene.Blamed.Count > 0));
        Assert.That(scene.Blamed[0], Is.EqualTo((liar.Id, fault, verdict)));
        Assert.That(scene.Blamed.Select(each => each.Peer).Distinct(), Is.EqualTo(new[] { liar.Id }));
    }

    [Test]
    public void Sound_blocks_before_a_false_one_are_kept()
    {
        SyncScene scene = new(Fresh(), options => options.SyncRangeBlocks = 32);
        ScriptedPeer liar = scene.Add(1, Truth, static (_, honest) => new PeerAnswer(
            [.. honest.Select(static block => block.Block.Height.Value == 20 ? Forged(block) : block)]));

        scene.Run(() => scene.Blamed.Count > 0);
        Assert.That(scene.RunTo(19, patienceMs: 1), "what came before the lie holds by itself");
        scene.Add(2, Truth);
        Assert.That(scene.RunTo(Length));
        Assert.That(scene.Asked.First(each => each.Peer != liar.Id).Request.From, Is.EqualTo(new Height(20)));
    }

    [Test]
    [Property("Incident", "CometBFT ASA-2024-011, ASA-2025-001, -003")]
    public void Peer_that_lowers_its_height_holds_nobody_up()
    {
        // CometBFT ASA-2025-001: a peer claims much, then less, and the sync waits for what nobody has.
        SyncScene scene = new(Fresh());
        ScriptedPeer liar = scene.Add(1, Truth, static (_, _) => null);
        scene.Driver.PeerHolds(liar.Id, new Height(1), new Height(1_000_000));
        scene.Run(() => scene.Asked.Count > 0);
        scene.Driver.PeerHolds(liar.Id, new Height(1), new Height(3));
        Assert.That(scene.Blamed, Is.EqualTo(new[] { (liar.Id, SyncFault.LoweredHeight, BlockVerdict.Valid) }));
        scene.Add(2, Truth);

        Assert.That(scene.RunTo(Length, patienceMs: 2_000), "it must not even cost a timeout");
        Assert.That(scene.Driver.IsCatchingUp, Is.False);
    }

    [Test]
    public void Statuses_that_overtake_each_other_are_no_lie()
    {
        SyncScene scene = new(Fresh());
        ScriptedPeer peer = scene.Add(1, Truth);
        scene.Driver.PeerHolds(peer.Id, new Height(1), new Height(Length - 2));
        Assert.That(scene.Blamed, Is.Empty);
        Assert.That(scene.RunTo(Length - 2));
    }

    [Test]
    public void Height_that_nobody_has_keeps_no_one_from_what_the_others_have()
    {
        SyncScene scene = new(Fresh());
        ScriptedPeer boaster = scene.Add(1, Truth);
        scene.Driver.PeerHolds(boaster.Id, new Height(1), new Height(ulong.MaxValue));
        scene.Add(2, Truth);
        Assert.That(scene.RunTo(Length, patienceMs: 2_000));
        Assert.That(scene.Run(() => scene.Blamed.Contains((boaster.Id, SyncFault.Empty, BlockVerdict.Valid))));
    }

    [Test]
    public void Answer_that_nobody_asked_for_bars_its_sender()
    {
        SyncScene scene = new(Fresh());
        ScriptedPeer pusher = scene.Add(1, Truth);
        Truth.TryGetBlock(new Height(1), out CommittedBlock? first);
        scene.Driver.Replied(pusher.Id, 77, [first!]);

        Assert.That(scene.Blamed, Is.EqualTo(new[] { (pusher.Id, SyncFault.Unsolicited, BlockVerdict.Valid) }));
        Assert.That(scene.RunTo(1, patienceMs: 60_000), Is.False, "it is asked for nothing more");
    }

    [Test]
    public void Answer_to_another_peers_request_is_not_taken()
    {
        SyncScene scene = new(Fresh());
        ScriptedPeer asked = scene.Add(1, Truth, static (_, _) => null);
        ScriptedPeer thief = scene.Add(2, new FakeChain());
        scene.Run(() => scene.Asked.Count > 0);
        Assert.That(scene.Asked[0].Peer, Is.EqualTo(asked.Id));
        scene.Driver.Replied(thief.Id, scene.Asked[0].Request.Id, []);
        Assert.That(scene.Blamed, Is.EqualTo(new[] { (thief.Id, SyncFault.Unsolicited, BlockVerdict.Valid) }));
    }

    [Test]
    public void Answer_from_a_link_before_is_no_lie_of_the_peer_that_came_back()
    {
        SyncScene scene = new(Fresh());
        ScriptedPeer peer = scene.Add(1, Truth, latencyMs: 60);
        scene.Run(() => scene.Asked.Count > 0);
        scene.Driver.PeerGone(peer.Id);
        scene.Driver.PeerHolds(peer.Id, new Height(1), Truth.Head.Height);

        Assert.That(scene.RunTo(Length));
        Assert.That(scene.Blamed, Is.Empty);
    }

    [Test]
    public void What_a_slow_peer_owes_is_asked_of_another_long_before_its_time_is_up()
    {
        SyncScene scene = new(Fresh());
        ScriptedPeer slow = scene.Add(1, Truth, latencyMs: 4_000);
        scene.Add(2, Truth);
        scene.Add(3, Truth);

        Assert.That(scene.RunTo(Length, patienceMs: 3_000), "the slow one's ranges came from others");
        int asksOfSlow = scene.Asked.Count(each => each.Peer == slow.Id);
        Assert.That(asksOfSlow, Is.LessThanOrEqualTo(2), "who is slow is asked last");
        Assert.That(scene.Run(() => false, patienceMs: 6_000), Is.False);
        Assert.That(scene.Blamed, Is.Empty, "a late answer is no lie");
    }

    [Test]
    public void Only_peer_is_waited_for_however_slow_it_is()
    {
        SyncScene scene = new(Fresh());
        scene.Add(1, Truth, latencyMs: 4_000);
        Assert.That(scene.RunTo(Length));
        Assert.That(scene.Blamed, Is.Empty);
    }

    [Test]
    public void Peer_that_failed_gets_another_chance_later()
    {
        int failures = 3;
        SyncScene scene = new(Fresh(), options => options.SyncPenaltyMs = 1_000);
        scene.Add(1, Truth, (_, honest) => failures-- > 0 ? new PeerAnswer([]) : new PeerAnswer(honest));
        Assert.That(scene.RunTo(Length));
        Assert.That(scene.Elapsed, Is.GreaterThan(TimeSpan.FromSeconds(1)));
    }

    [Test]
    public void Peer_that_leaves_in_the_middle_costs_nothing()
    {
        SyncScene scene = new(Fresh());
        ScriptedPeer leaving = scene.Add(1, Truth, latencyMs: 50);
        scene.Add(2, Truth, latencyMs: 50);
        scene.RunTo(10);
        scene.Remove(leaving);
        Assert.That(scene.RunTo(Length, patienceMs: 2_000));
        Assert.That(scene.Blamed, Is.Empty);
    }

    [Test]
    public void Requests_and_held_ranges_are_bounded_while_the_first_range_is_missing()
    {
        SyncScene scene = new(Fresh());
        scene.Add(1, Truth, static (request, honest) => request.From.Value == 1 ? null : new PeerAnswer(honest));
        scene.Run(() => false, patienceMs: 2_000);

        Assert.That(scene.Chain.Head.Height, Is.EqualTo(Height.Genesis));
        ulong furthest = scene.Asked.Max(each => each.Request.From.Value + (ulong)each.Request.Count - 1);
        int most = scene.Options.SyncRequests * 2 * scene.Options.SyncRangeBlocks;
        Assert.That(furthest, Is.LessThanOrEqualTo((ulong)most));
        Assert.That(scene.MostUnderWay, Is.LessThanOrEqualTo(scene.Options.SyncRequests));
    }

    [Test]
    public void One_missing_block_is_waited_for_and_then_fetched()
    {
        SyncScene scene = new(Fresh());
        FakeChain ahead = Grown(1);
        scene.Add(1, ahead);
        Assert.That(scene.RunTo(1, scene.Options.SyncGraceMs - 1), Is.False);
        Assert.That(scene.Asked, Is.Empty);
        Assert.That(scene.RunTo(1, patienceMs: 100));
    }

    [Test]
    public void Announced_block_that_is_next_is_committed_and_passed_on()
    {
        SyncScene scene = new(Fresh());
        ScriptedPeer peer = scene.Add(1, Fresh());
        Truth.TryGetBlock(new Height(1), out CommittedBlock? first);
        scene.Driver.Announced(peer.Id, first!);
        scene.Driver.Announced(peer.Id, first!);
        Assert.That(scene.Chain.Head.Hash, Is.EqualTo(first!.Block.Hash));
        Assert.That(scene.AnnouncedOn, Has.Count.EqualTo(1));
        Truth.TryGetBlock(new Height(2), out CommittedBlock? second);
        scene.Driver.Announced(peer.Id, Forged(second!));
        Assert.That(scene.Blamed, Is.EqualTo(new[] { (peer.Id, SyncFault.BadBlock, BlockVerdict.BadTransaction) }));
        Assert.That(scene.Chain.Head.Hash, Is.EqualTo(first.Block.Hash));
    }

    [Test]
    public void Announced_block_is_passed_on_without_the_memos_that_were_erased()
    {
        byte[] memo = [1, 2, 3];
        Transaction carrier = new TransactionBody
        {
            ChainId = new ChainId(7),
            Nonce = 0,
            GasLimit = new Gas(10),
            GasPrice = 1,
            To = TestTransactions.Somebody,
            ValidUntil = new Height(100),
            MemoHash = Blake2b.Hash(memo),
        }.Sign(TestKeys.Alice, null, memo);
        SyncScene scene = new(Fresh());
        scene.Chain.Fund(TestKeys.Alice.Address, 1_000);
        scene.Chain.Erasures.Add([new RecordErasure(carrier.Id, 1, new Height(1), ErasureGround.Court)]);
        ScriptedPeer peer = scene.Add(1, Fresh());
        scene.Driver.Announced(peer.Id, scene.Chain.MakeNext(carrier));
        Transaction passedOn = scene.AnnouncedOn.Single().Block.Transactions.Single();
        Assert.That((passedOn.Id, passedOn.Memo), Is.EqualTo((carrier.Id, default(ReadOnlyMemory<byte>?))));
    }

    [TestCase(CommitOutcome.Diverges)]
    [TestCase(CommitOutcome.StorageFailed)]
    public void Certified_block_that_cannot_be_committed_stops_everything_and_blames_nobody(CommitOutcome outcome)
    {
        FakeChain broken = Fresh();
        broken.FailCommitsWith = outcome;
        SyncScene scene = new(broken);
        scene.Add(1, Truth);
        Assert.That(scene.RunTo(1), Is.False);
        Assert.That(scene.FailedWith, Is.EqualTo(outcome));
        Assert.That(scene.Driver.IsHealthy, Is.False);
        Assert.That(scene.Blamed, Is.Empty);
        Assert.That(broken.CommitCalls, Is.EqualTo(1));
    }

    [Test]
    public void Blocks_that_consensus_commits_meanwhile_are_passed_over()
    {
        SyncScene scene = new(Fresh());
        scene.Add(1, Truth, latencyMs: 100);
        scene.Later(150, () =>
        {
            while (scene.Chain.Head.Height.Value < 45)
            {
                Truth.TryGetBlock(scene.Chain.Head.Height.Next, out CommittedBlock? block);
                scene.Chain.Commit(block!);
            }
        });
        Assert.That(scene.RunTo(Length));
        Assert.That(scene.Chain.CommitCalls, Is.EqualTo(Length));
        Assert.That(scene.Blamed, Is.Empty);
    }

    [Test]
    public void One_honest_peer_among_any_others_is_enough_and_is_never_accused() =>
        Gen.Int[0, 6].Array[1, 6].Select(Gen.Int[1, 400]).Sample((others, latency) =>
        {
            SyncScene first = Swarm(others, latency);
            SyncScene second = Swarm(others, latency);
            PeerId honest = new(TestKeys.Of(500).PublicKey);
            return first.RunTo(Length)
                && second.RunTo(Length)
                && first.Chain.Head.Hash == Truth.Head.Hash
                && first.Chain.CommitCalls == Length
                && first.Blamed.TrueForAll(each => each.Peer != honest)
                && first.Asked.SequenceEqual(second.Asked);
        }, iter: 30);

    private static SyncScene Swarm(int[] others, int latency)
    {
        string[] kinds = ["bad certificate", "garbage", "silence", "nothing", "another chain", "gap", "honest"];
        SyncScene scene = new(Fresh());
        scene.Add(0, Truth, latencyMs: latency);
        for (int i = 0; i < others.Length; i++)
        {
            string kind = kinds[others[i]];
            scene.Add(i + 1, Truth, (request, honest) => Lie(kind, request, honest), latencyMs: 1 + (i * 7));
        }

        return scene;
    }

    private static PeerAnswer? Lie(string lie, SyncRequest request, List<CommittedBlock> honest)
    {
        switch (lie)
        {
            case "silence":
                return null;
            case "garbage":
                return new PeerAnswer(null);
            case "nothing":
                return new PeerAnswer([]);
            case "gap":
                honest.RemoveAt(honest.Count / 2);
                return new PeerAnswer(honest);
            case "other heights":
                honest.RemoveAt(0);
                return new PeerAnswer(honest);
            case "more than asked for":
                return new PeerAnswer([.. honest, honest[^1]]);
            case "another chain":
                Other.TryGetBlock(request.From, out CommittedBlock? foreign);
                return new PeerAnswer([foreign! with { Certificate = Recertified(foreign!) }]);
            case "honest":
                return new PeerAnswer(honest);
            default:
                return new PeerAnswer([.. honest.Select(block => Spoilt(lie, block))]);
        }
    }

    private static CommittedBlock Spoilt(string lie, CommittedBlock block) => lie switch
    {
        "bad certificate" => block with { Certificate = Truth.Certify(block.Block.Height, block.Block.Hash, 2) },
        "certificate of another block" => block with
        {
            Certificate = Truth.Certify(block.Block.Height, block.Block.Header.ParentHash, 3),
        },
        "forged signature" => Forged(block),
        "transaction left out" => block with { Block = block.Block with { Transactions = [] } },
        _ => OfAnotherTerm(block),
    };

    private static CommittedBlock Forged(CommittedBlock block) => block with
    {
        Block = block.Block with
        {
            Transactions = [.. block.Block.Transactions.Select(TestTransactions.WithBadSignature)],
        },
    };

    private static CommittedBlock OfAnotherTerm(CommittedBlock block)
    {
        FakeChain usurpers = new(councilSize: 7);
        CommittedBlock made = usurpers.MakeNext();
        BlockHeader header = block.Block.Header;
        BlockHeader forged = new()
        {
            ChainId = header.ChainId,
            Height = header.Height,
            Time = header.Time,
            ParentHash = header.ParentHash,
            TransactionsRoot = header.TransactionsRoot,
            ParentStateRoot = header.ParentStateRoot,
            ParentReceiptsRoot = header.ParentReceiptsRoot,
            ParentGasUsed = header.ParentGasUsed,
            TermHash = made.Block.Header.TermHash,
            NextTermHash = made.Block.Header.NextTermHash,
            Proposer = header.Proposer,
            LastCertificateHash = header.LastCertificateHash,
            EvidenceRoot = header.EvidenceRoot,
        };
        return new CommittedBlock(
            block.Block with { Header = forged }, usurpers.Certify(forged.Height, forged.Hash, signers: 5));
    }

    private static CommitCertificate Recertified(CommittedBlock block) =>
        Truth.Certify(block.Block.Height, block.Block.Hash, signers: 3);

    private static FakeChain Fresh()
    {
        FakeChain chain = new();
        chain.Fund(TestKeys.Alice.Address, 1_000_000);
        return chain;
    }

    private static FakeChain Grown(int blocks, ulong timeMs = 1_000)
    {
        FakeChain chain = new(genesisTimeMs: timeMs);
        chain.Fund(TestKeys.Alice.Address, 1_000_000);
        for (int i = 0; i < blocks; i++)
        {
            chain.Commit(chain.MakeNext(TestTransactions.Transfer(TestKeys.Alice, (ulong)i)));
        }

        return chain;
    }
}
