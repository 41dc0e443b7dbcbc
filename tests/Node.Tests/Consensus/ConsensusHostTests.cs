using EnergyChain.Consensus.Safety;
using EnergyChain.Contracts;
using EnergyChain.Contracts.Views;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Consensus;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Network;
using EnergyChain.Node.Tests.Fakes;

namespace EnergyChain.Node.Tests.Consensus;

public sealed class ConsensusHostTests
{
    private const ulong GasLimit = 100_000;

    [TestCase(1)]
    [TestCase(4)]
    [TestCase(7)]
    public void Hosts_without_faults_make_a_block_exactly_each_interval(int size)
    {
        using HostCluster cluster = new(size);
        cluster.StartAll();
        Assert.That(cluster.Reaches(20, 21_000));
        Assert.That(Intervals(cluster.Nodes[0], 3, 20), Has.All.EqualTo(1_000));
        Assert.That(Hashes(cluster, 20), Has.Exactly(1).Items);
    }

    [Test]
    public void Hosts_rotate_proposers_and_certificates_name_every_member()
    {
        using HostCluster cluster = new(4);
        cluster.StartAll();
        Assert.That(cluster.Reaches(12, 15_000));
        IEnumerable<Block> blocks = Blocks(cluster.Nodes[0], 5, 12);
        Assert.That(blocks.Select(block => block.Header.Proposer).Distinct(), Has.Exactly(4).Items);
        Assert.That(blocks.Select(block => block.LastCertificate!.Signers.Count), Has.All.EqualTo(4));
    }

    [Test]
    public void Crashed_validator_costs_one_gap_under_two_seconds_and_then_nothing()
    {
        using HostCluster cluster = new(4);
        cluster.StartAll();
        Assert.That(cluster.Reaches(8, 10_000));
        cluster.Nodes[1].Kill();
        Assert.That(cluster.Reaches(30, 30_000));
        ulong[] gaps = [.. Intervals(cluster.Nodes[0], 9, 30)];
        Assert.That(gaps.Max(), Is.LessThan(2_000));
        Assert.That(gaps.Count(gap => gap > 1_250), Is.LessThanOrEqualTo(1));
    }

    [Test]
    public void Two_of_four_dead_stop_the_chain_and_one_back_lets_it_go_on()
    {
        using HostCluster cluster = new(4);
        cluster.StartAll();
        Assert.That(cluster.Reaches(5, 10_000));
        cluster.Nodes[2].Kill();
        cluster.Nodes[3].Kill();
        cluster.RunFor(2_000);
        ulong stopped = cluster.Nodes[0].Chain.Head.Height.Value;
        cluster.RunFor(30_000);
        Assert.That(cluster.Nodes[0].Chain.Head.Height.Value, Is.EqualTo(stopped));

        cluster.Nodes[3].SyncFrom(cluster.Nodes[0]);
        cluster.Nodes[3].Start();
        Assert.That(cluster.Reaches(stopped + 5, 12_000));
        Assert.That(Hashes(cluster, stopped + 5), Has.Exactly(1).Items);
    }

    [Test]
    public void Partition_healed_goes_on_within_two_seconds()
    {
        using HostCluster cluster = new(4);
        cluster.StartAll();
        Assert.That(cluster.Reaches(3, 10_000));
        cluster.Loses = (from, to, _) => from.Index / 2 != to.Index / 2;
        cluster.RunFor(60_000);
        ulong stopped = cluster.Nodes.Max(node => node.Chain.Head.Height.Value);
        cluster.Loses = (_, _, _) => false;
        Connect(cluster);
        Assert.That(cluster.RunUntil(() => cluster.Nodes[0].Chain.Head.Height.Value > stopped, 2_000));
    }

    [Test]
    public void Lost_messages_are_sent_again_until_all_have_them()
    {
        Random random = new(1);
        using HostCluster cluster = new(4) { Loses = (_, _, _) => random.Next(100) < 30 };
        cluster.StartAll();
        bool reached = cluster.RunUntil(
            () =>
            {
                HostNode best = cluster.Nodes.MaxBy(node => node.Chain.Head.Height)!;
                foreach (HostNode late in cluster.Nodes.Where(
                    node => node.Chain.Head.Height.Value + 2 <= best.Chain.Head.Height.Value))
                {
                    late.SyncFrom(best);
                }

                return cluster.Nodes.All(node => node.Chain.Head.Height.Value >= 15);
            },
            120_000);
        Assert.That(reached);
        Assert.That(Hashes(cluster, 15), Has.Exactly(1).Items);
    }

    [Test]
    public void Killed_at_any_moment_and_restarted_never_signs_twice()
    {
        Random random = new(7);
        using HostCluster cluster = new(4);
        cluster.StartAll();
        for (int crash = 0; crash < 40; crash++)
        {
            HostNode victim = cluster.Nodes[random.Next(4)];
            victim.Journal.CrashesAfterAppend = random.Next(3) switch { 0 => null, 1 => false, _ => true };
            cluster.RunFor(random.Next(1, 1_200));
            victim.Kill();
            victim.Journal.CrashesAfterAppend = null;
            cluster.RunFor(random.Next(0, 60));
            victim.SyncFrom(cluster.Nodes.MaxBy(node => node.Chain.Head.Height)!);
            victim.Start();
            Connect(cluster);
        }

        ulong height = cluster.Nodes.Max(node => node.Chain.Head.Height.Value);
        Assert.That(cluster.Reaches(height + 5, 20_000));
        Assert.That(height, Is.GreaterThan(5));
    }

    [Test]
    public void Block_that_has_a_record_of_its_own_erased_is_announced_without_the_memo()
    {
        using HostCluster cluster = new(1);
        HostNode node = cluster.Nodes[0];
        byte[] memo = [1, 2, 3];
        Transaction carrier = new TransactionBody
        {
            ChainId = node.Chain.Genesis.ChainId,
            Nonce = 0,
            GasLimit = new Gas(GasLimit),
            GasPrice = 1,
            To = Address.FromNumber(9),
            ValidUntil = new Height(100),
            MemoHash = Blake2b.Hash(memo),
        }.Sign(TestKeys.Alice, null, memo);
        cluster.Govern = (block, _) =>
        {
            node.Chain.Erasures.Add(block.Transactions.Select(
                each => new RecordErasure(each.Id, 1, block.Height, ErasureGround.Court)));
            return null;
        };
        node.Chain.Fund(TestKeys.Alice.Address, 100_000_000);
        cluster.StartAll();
        Assert.That(node.Pool!.Add(carrier), Is.EqualTo(TransactionRefusal.None));
        Assert.That(cluster.RunUntil(() => Announcement(node) is not null, 5_000));
        Assert.That(Announcement(node)!.Id, Is.EqualTo(carrier.Id));
        Assert.That(Announcement(node)!.Memo, Is.Null);
    }

    [Test]
    public void Power_cut_of_all_after_a_lock_keeps_the_block_and_its_transactions()
    {
        using HostCluster cluster = new(4);
        Transaction transfer = TestTransactions.Transfer(TestKeys.Alice, 0, 1, GasLimit);
        foreach (HostNode node in cluster.Nodes)
        {
            node.Chain.Fund(TestKeys.Alice.Address, 100_000_000);
        }

        cluster.StartAll();
        foreach (HostNode node in cluster.Nodes)
        {
            node.Pool!.Add(transfer);
        }

        // No precommit arrives: all lock the block, nobody decides it. Then the power is gone, and with it the pools.
        cluster.Loses = (_, _, message) => message is ConsensusMessage.OfVote { Value.Type: VoteType.Precommit };
        cluster.RunFor(400);
        foreach (HostNode node in cluster.Nodes)
        {
            Assert.That(node.Chain.Head.Height.Value, Is.Zero);
            node.Kill();
        }

        cluster.Loses = (_, _, _) => false;
        cluster.StartAll();
        Assert.That(cluster.Reaches(1, 5_000));
        foreach (HostNode node in cluster.Nodes)
        {
            Assert.That(node.Chain.TryGetBlock(new Height(1), out CommittedBlock? block));
            Assert.That(block!.Block.Transactions.Single().Id, Is.EqualTo(transfer.Id));
        }
    }

    [Test]
    public void Power_cut_after_two_of_four_locked_lets_the_others_fetch_bodies_from_their_journals()
    {
        using HostCluster cluster = new(4);
        Transaction transfer = TestTransactions.Transfer(TestKeys.Alice, 0, 1, GasLimit);
        foreach (HostNode node in cluster.Nodes)
        {
            node.Chain.Fund(TestKeys.Alice.Address, 100_000_000);
        }

        cluster.StartAll();
        foreach (HostNode node in cluster.Nodes)
        {
            node.Pool!.Add(transfer);
        }

        // Two see the polka and lock; two see no prevote but their own. Their locks alone forbid any other block.
        cluster.Loses = (_, to, message) =>
            to.Index >= 2 && message is ConsensusMessage.OfVote { Value.Type: VoteType.Prevote };
        cluster.RunFor(300);
        Assert.That(cluster.Nodes.Select(node => LocksIn(node.Journal)), Is.EqualTo(new[] { 1, 1, 0, 0 }));
        foreach (HostNode node in cluster.Nodes)
        {
            node.Kill();
        }

        cluster.Loses = (_, _, _) => false;
        cluster.StartAll();
        Assert.That(cluster.Reaches(1, 15_000));
        Assert.That(Blocks(cluster.Nodes[3], 1, 1).Single().Transactions.Single().Id, Is.EqualTo(transfer.Id));
    }

    [Test]
    public void Block_log_that_is_older_than_the_journal_does_not_cost_the_lock()
    {
        using HostCluster cluster = new(4);
        cluster.StartAll();
        Assert.That(cluster.Reaches(3, 10_000));
        HostNode victim = cluster.Nodes[3];
        cluster.Loses = (_, _, message) => message is ConsensusMessage.OfVote { Value.Type: VoteType.Precommit };
        Assert.That(cluster.RunUntil(() => LocksIn(victim.Journal) > 3, 3_000));
        Height locked = victim.Chain.Head.Height.Next;
        victim.Kill();
        victim.LoseChain();

        List<Vote> said = [];
        cluster.Loses = (from, _, message) =>
        {
            bool isPrecommit = message is ConsensusMessage.OfVote { Value.Type: VoteType.Precommit };
            if (from == victim && message is ConsensusMessage.OfVote { Value: var vote } && vote.Validator == 3)
            {
                said.Add(vote);
            }

            return isPrecommit;
        };
        victim.Start();
        Assert.That(victim.Host!.Height, Is.EqualTo(new Height(1)));
        victim.SyncFrom(cluster.Nodes[0]);
        cluster.RunFor(20);
        Assert.That(victim.Host!.Height, Is.EqualTo(locked));
        Assert.That(
            said.Where(vote => vote.Height == locked && vote.BlockHash is not null).Select(vote => vote.Type),
            Does.Contain(VoteType.Precommit));
    }

    [Test]
    public void Missing_bodies_are_fetched_and_the_block_is_decided_in_time()
    {
        using HostCluster cluster = new(4);
        Transaction[] transfers =
        [
            .. Enumerable.Range(0, 50).Select(
                nonce => TestTransactions.Transfer(TestKeys.Alice, (ulong)nonce, 1, GasLimit)),
        ];
        foreach (HostNode node in cluster.Nodes)
        {
            node.Chain.Fund(TestKeys.Alice.Address, 100_000_000);
        }

        cluster.StartAll();
        foreach (Transaction transfer in transfers)
        {
            Assert.That(cluster.Nodes[2].Pool!.Add(transfer), Is.EqualTo(TransactionRefusal.None));
        }

        Assert.That(cluster.Reaches(8, 10_000));
        Assert.That(
            Blocks(cluster.Nodes[0], 1, 8).SelectMany(block => block.Transactions).Select(found => found.Id),
            Is.EqualTo(transfers.Select(transfer => transfer.Id)));
        Assert.That(cluster.Nodes[0].BodyRequests, Is.GreaterThan(0));
        Assert.That(Intervals(cluster.Nodes[0], 2, 8), Has.All.EqualTo(1_000));
    }

    // Kaia loses ten seconds to one dead proposer, CometBFT three.
    [Test]
    public void Crashed_member_costs_one_gap_under_2_seconds_and_then_intervals_stay_under_1250_ms(
        [Range(0, 3)] int crashed, [Values(3ul, 4ul, 5ul, 6ul)] ulong height)
    {
        using HostCluster cluster = new(4);
        cluster.StartAll();
        Assert.That(cluster.Reaches(height, 20_000));
        cluster.Nodes[crashed].Kill();
        Assert.That(cluster.Reaches(height + 20, 30_000));
        CommittedBlock[] blocks =
        [
            .. Enumerable.Range((int)height, 21).Select(at =>
                cluster.Nodes[(crashed + 1) % 4].Chain.TryGetBlock(new Height((ulong)at), out CommittedBlock? block)
                    ? block
                    : throw new InvalidOperationException()),
        ];
        ulong[] intervals =
        [
            .. blocks.Zip(blocks.Skip(1), (one, next) => next.Block.Header.Time.UnixMs - one.Block.Header.Time.UnixMs),
        ];
        Assert.That(intervals.Where(interval => interval >= 1_250).Count(), Is.LessThanOrEqualTo(1));
        Assert.That(intervals, Is.All.LessThan(2_000));
        Assert.That(blocks.Count(block => block.Certificate.Round > Round.Zero), Is.EqualTo(1), "its one turn");
    }

    [Test]
    public void Votes_with_a_wrong_signature_change_nothing()
    {
        using HostCluster cluster = new(4);
        cluster.Nodes[0].Start();
        Signature wrong = new(new byte[Signature.Size]);
        foreach (int validator in new[] { 1, 2, 3 })
        {
            Vote vote = new(VoteType.Precommit, new Height(1), new Round(9), null, validator, wrong);
            cluster.Nodes[0].Host!.Deliver(cluster.Nodes[1].Peer, new ConsensusMessage.OfVote(vote));
        }

        cluster.RunFor(100);
        Assert.That(cluster.Nodes[0].Host!.Round, Is.EqualTo(Round.Zero));
        Assert.That(
            cluster.Nodes[0].Offences,
            Is.EqualTo(Enumerable.Repeat((cluster.Nodes[1].Peer, PeerOffence.BadSignature), 3)));
    }

    [Test]
    public void Evidence_that_does_not_hold_is_held_against_its_sender()
    {
        using HostCluster cluster = new(4);
        cluster.StartAll();
        Assert.That(cluster.Reaches(3, 10_000));
        Vote one = Sign(cluster.Nodes[2], VoteType.Prevote, 2, null);
        Vote other = Sign(cluster.Nodes[2], VoteType.Prevote, 2, new Hash32(new byte[32]));
        Evidence forged = new Evidence.DoubleVote(one with { Validator = 3 }, other with { Validator = 3 });
        cluster.Nodes[0].Host!.Deliver(cluster.Nodes[1].Peer, new ConsensusMessage.OfEvidence(forged));
        Assert.That(cluster.Reaches(6, 12_000));
        Assert.That(cluster.Nodes[0].Offences, Is.EqualTo(new[] { (cluster.Nodes[1].Peer, PeerOffence.BadEvidence) }));
        Assert.That(Blocks(cluster.Nodes[1], 3, 6).SelectMany(block => block.Evidence), Is.Empty);
    }

    [Test]
    public void Double_vote_becomes_evidence_in_exactly_one_block()
    {
        using HostCluster cluster = new(4);
        cluster.StartAll();
        Assert.That(cluster.Reaches(3, 10_000));
        HostNode offender = cluster.Nodes[3];
        Vote second = Sign(offender, VoteType.Prevote, 4, new Hash32(new byte[32]));
        cluster.Nodes[0].Host!.Deliver(offender.Peer, new ConsensusMessage.OfVote(second));
        Assert.That(cluster.Reaches(10, 12_000));
        Evidence piece = Blocks(cluster.Nodes[1], 4, 10).SelectMany(block => block.Evidence).Single();
        Assert.That(piece.Offence, Is.EqualTo(new Offence(new Height(4), Round.Zero, OffenceKind.DoublePrevote, 3)));
        Assert.That(piece.Verify(offender.Chain.Genesis.ChainId, offender.Chain.Head.Council));
    }

    [Test]
    public void Double_proposal_becomes_evidence_in_exactly_one_block()
    {
        using HostCluster cluster = new(4);
        cluster.StartAll();
        HostNode? offender = null;
        cluster.Loses = (from, to, message) =>
        {
            if (message is ConsensusMessage.OfProposal { Value: { Height.Value: 4 } first } && offender is null)
            {
                offender = from;
                cluster.Later(from, to, () => to.Host!.Deliver(from.Peer, new ConsensusMessage.OfProposal(
                    SignAnother(from, first))));
            }

            return false;
        };
        Assert.That(cluster.Reaches(10, 15_000));
        Evidence piece = Blocks(cluster.Nodes[2], 4, 10).SelectMany(block => block.Evidence).Single();
        Offence expected = new(new Height(4), Round.Zero, OffenceKind.DoubleProposal, offender!.Index);
        Assert.That(piece.Offence, Is.EqualTo(expected));
        Assert.That(piece.Verify(offender.Chain.Genesis.ChainId, offender.Chain.Head.Council));
    }

    [Test]
    public void Failing_journal_stops_the_host_before_it_sends()
    {
        using HostCluster cluster = new(1);
        cluster.Nodes[0].Journal.Fails = true;
        Assert.That(
            () =>
            {
                cluster.Nodes[0].Start();
                cluster.RunFor(1_000);
            },
            Throws.InstanceOf<IOException>());
        Assert.That(cluster.Nodes[0].Chain.Head.Height, Is.EqualTo(Height.Genesis));
    }

    [Test]
    [Property("Incident", "Sui 2026-01")]
    public void Block_whose_roots_are_not_ours_stops_the_host()
    {
        using HostCluster cluster = new(1);
        cluster.Nodes[0].Chain.FailCommitsWith = CommitOutcome.Diverges;
        Assert.That(
            () =>
            {
                cluster.Nodes[0].Start();
                cluster.RunFor(1_000);
            },
            Throws.InstanceOf<Core.InvariantException>().With.Message.Contains("parent roots"));
    }

    [Test]
    public void Journal_takes_three_group_commits_a_block_at_most()
    {
        using HostCluster cluster = new(4);
        cluster.StartAll();
        Assert.That(cluster.Reaches(20, 22_000));
        Assert.That(cluster.Nodes[0].Journal.Commits, Is.LessThanOrEqualTo(3 * 21));
    }

    private static Transaction? Announcement(HostNode node) =>
        node.Announced.SelectMany(block => block.Block.Transactions).FirstOrDefault();

    private static int LocksIn(MemoryJournal journal) => journal.ReadAll().Count(bytes =>
        Bcs.TryDecode(bytes, out JournalRecord? record, out _)
        && record is JournalRecord.OwnVote { Vote: { Type: VoteType.Precommit, BlockHash: not null } });

    private static void Connect(HostCluster cluster)
    {
        foreach (HostNode node in cluster.Nodes)
        {
            foreach (HostNode peer in cluster.Nodes.Where(peer => peer != node))
            {
                node.Host?.PeerConnected(peer.Peer);
            }
        }
    }

    private static Vote Sign(HostNode node, VoteType type, ulong height, Hash32? block)
    {
        byte[] bytes = Vote.SignedBytes(type, new Height(height), Round.Zero, block);
        Signature signature = node.Key.Sign(SigningDomain.Vote, node.Chain.Genesis.ChainId, bytes);
        return new Vote(type, new Height(height), Round.Zero, block, node.Index, signature);
    }

    [Test]
    [Property("Incident", "high-availability swap")]
    public void Vote_under_our_own_key_that_we_did_not_sign_is_reported_and_not_contradicted()
    {
        using HostCluster cluster = new(4);
        cluster.StartAll();
        Assert.That(cluster.Reaches(3, 10_000));
        HostNode node = cluster.Nodes[3];
        Vote twins = Sign(node, VoteType.Prevote, 4, new Hash32(new byte[32]));
        node.Host!.Deliver(cluster.Nodes[0].Peer, new ConsensusMessage.OfVote(twins));
        bool contradicts = false;
        cluster.Loses = (from, _, message) =>
        {
            contradicts |= from == node && message is ConsensusMessage.OfVote { Value: { Height.Value: 4 } vote }
                && vote is { Validator: 3, Type: VoteType.Prevote } && vote.BlockHash != twins.BlockHash;
            return false;
        };
        Assert.That(cluster.Reaches(6, 10_000));
        Assert.That(contradicts, Is.False);
        Assert.That(
            node.Log.Lines, Has.Some.StartsWith("Critical Another node runs with this validator's key"));
    }

    // Another proposal for the same height and round, a millisecond later.
    private static Proposal SignAnother(HostNode node, Proposal first)
    {
        BlockHeader header = new()
        {
            ChainId = first.Header.ChainId,
            Height = first.Height,
            Time = first.Header.Time.AddMs(1),
            ParentHash = first.Header.ParentHash,
            TransactionsRoot = first.Header.TransactionsRoot,
            ParentStateRoot = first.Header.ParentStateRoot,
            ParentReceiptsRoot = first.Header.ParentReceiptsRoot,
            ParentGasUsed = first.Header.ParentGasUsed,
            TermHash = first.Header.TermHash,
            NextTermHash = first.Header.NextTermHash,
            Proposer = first.Header.Proposer,
            LastCertificateHash = first.Header.LastCertificateHash,
            EvidenceRoot = first.Header.EvidenceRoot,
        };
        byte[] bytes = Proposal.SignedBytes(first.Height, first.Round, null, header.Hash);
        return first with
        {
            Header = header,
            Signature = node.Key.Sign(SigningDomain.Proposal, first.Header.ChainId, bytes),
        };
    }

    private static IEnumerable<Hash32> Hashes(HostCluster cluster, ulong height) => cluster.Nodes
        .Where(node => node.IsUp)
        .Select(node => Blocks(node, height, height).Single().Hash)
        .Distinct();

    private static Block[] Blocks(HostNode node, ulong from, ulong to) =>
    [
        .. Enumerable.Range((int)from, (int)(to - from + 1)).Select(height =>
            node.Chain.TryGetBlock(new Height((ulong)height), out CommittedBlock? block)
                ? block.Block
                : throw new AssertionException($"Block {height} is missing")),
    ];

    private static IEnumerable<ulong> Intervals(HostNode node, ulong from, ulong to)
    {
        Block[] blocks = Blocks(node, from - 1, to);
        return blocks.Skip(1).Zip(blocks, (later, earlier) => later.Header.Time.UnixMs - earlier.Header.Time.UnixMs);
    }
}
