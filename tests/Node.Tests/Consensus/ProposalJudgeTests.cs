using System.Diagnostics.Metrics;
using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Consensus;
using EnergyChain.Node.Erasure;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Network;
using EnergyChain.Node.Pool;
using EnergyChain.Node.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EnergyChain.Node.Tests.Consensus;

public sealed class ProposalJudgeTests
{
    private const int BodyBytes = 100_000;

    [Test]
    public void Block_whose_bodies_are_too_many_bytes_is_refused_before_all_of_them_came()
    {
        FakeChain chain = new();
        Requests network = new();
        BlockBodies bodies = new(new TransactionPool(chain), ErasureBook.Empty);
        FakeTimeProvider time = new(DateTimeOffset.FromUnixTimeMilliseconds(1_000_000));
        IMeterFactory meters = new ServiceCollection().AddMetrics().BuildServiceProvider()
            .GetRequiredService<IMeterFactory>();
        using ConsensusMetrics metrics = new(meters);
        ProposalJudge judge = new(
            new ProposalValidator(chain, new EvidencePool(chain)),
            bodies,
            network,
            new HostTimers(time),
            time,
            metrics,
            NullLogger.Instance);
        judge.StartHeight(chain.Head);
        int fitting = (Limits.MaxBlockBytes - Limits.BlockOverheadBytes) / Heavy(0).BlockLength;
        Transaction[] heavy = [.. Enumerable.Range(0, fitting + 1).Select(Heavy)];
        Hash32 never = Blake2bOf(1);
        Proposal proposal = ProposalOf(chain.Head, [.. heavy.Select(body => body.Id), never]);
        judge.Ask(proposal);
        Assert.That(judge.TryJudge(proposal.BlockHash, mayRequest: true, out _), Is.False);
        Assert.That(network.Asked, Has.Count.EqualTo(heavy.Length + 1));

        Assert.That(bodies.Deliver(heavy[1..]), Is.True);
        Assert.That(judge.TryJudge(proposal.BlockHash, mayRequest: false, out _), Is.False, "these would fit");
        Assert.That(bodies.Deliver(heavy[..1]), Is.True);
        Assert.That(judge.TryJudge(proposal.BlockHash, mayRequest: false, out bool valid), Is.True);
        Assert.That(valid, Is.False);
    }

    [Test]
    public void Bodies_that_nobody_has_are_asked_for_ever_more_rarely_and_their_proposer_is_named_once()
    {
        FakeChain chain = new();
        Requests network = new();
        FakeTimeProvider time = new(DateTimeOffset.FromUnixTimeMilliseconds(1_000_000));
        HostTimers timers = new(time);
        using ConsensusMetrics metrics = Metrics();
        ProposalJudge judge = JudgeOf(chain, network, timers, time, metrics);
        Proposal proposal = ProposalOf(chain.Head, [Blake2bOf(1), Blake2bOf(2)]);
        judge.Ask(proposal);
        Assert.That(judge.TryJudge(proposal.BlockHash, mayRequest: true, out _), Is.False);
        RunTimers(6_500);
        Assert.That(network.Count, Is.EqualTo(Limits.MaxBodyRequests + 1));
        Assert.That(proposal.Header.Proposer, Is.EqualTo(chain.CouncilKey(0).Address), "whom the header accuses");
        Assert.That(
            network.Offences,
            Is.EqualTo(new[] { (new PeerId(chain.CouncilKey(1).PublicKey), PeerOffence.WithheldBodies) }),
            "whose round it is, and who signed");

        RunTimers(3_600_000);
        Assert.That(network.Count, Is.LessThan(Limits.MaxBodyRequests + 240), "every 16 s after an hour");
        Assert.That(network.Offences, Has.Count.EqualTo(1));

        int before = network.Count;
        judge.AskAgain(null);
        Assert.That(network.Count, Is.EqualTo(before + 1), "who comes is asked at once");
        RunTimers(20_000);
        Assert.That(network.Count, Is.InRange(before + 10, before + 30), "and there is one timer still");

        void RunTimers(int milliseconds)
        {
            for (int i = 0; i < milliseconds; i += 50)
            {
                time.Advance(TimeSpan.FromMilliseconds(50));
                while (timers.TryTakeDue(out HostTimer? timer))
                {
                    Assert.That(timer, Is.EqualTo(new HostTimer.Retry(proposal.BlockHash)));
                    judge.TryJudge(proposal.BlockHash, mayRequest: true, out _);
                }
            }
        }
    }

    [Test]
    public void Proposer_whose_bodies_come_slowly_is_not_named()
    {
        BodyFetch fetch = new();
        for (int missing = 1_000; missing > 0; missing--)
        {
            for (int i = 0; i < Limits.MaxBodyRequests; i++)
            {
                Assert.That(fetch.Next(missing, out bool isWithheld), Is.EqualTo(TimeSpan.FromMilliseconds(250)));
                Assert.That(isWithheld, Is.False);
            }
        }
    }

    private static ConsensusMetrics Metrics() => new(
        new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());

    private static ProposalJudge JudgeOf(
        FakeChain chain, Requests network, HostTimers timers, TimeProvider time, ConsensusMetrics metrics)
    {
        ProposalJudge judge = new(
            new ProposalValidator(chain, new EvidencePool(chain)),
            new BlockBodies(new TransactionPool(chain), ErasureBook.Empty),
            network,
            timers,
            time,
            metrics,
            NullLogger.Instance);
        judge.StartHeight(chain.Head);
        return judge;
    }

    private static Hash32 Blake2bOf(byte value) => EnergyChain.Core.Crypto.Blake2b.Hash([value]);

    private static Transaction Heavy(int nonce) => new TransactionBody
    {
        ChainId = new ChainId(7),
        Nonce = (ulong)nonce,
        GasLimit = new Gas(1),
        GasPrice = 1,
        Data = new byte[BodyBytes],
        ValidUntil = new Height(1_000),
    }.Sign(TestKeys.Alice);

    private static Proposal ProposalOf(ChainHead head, Hash32[] ids)
    {
        BlockHeader header = head.NextHeader(
            new ChainId(7), head.Time.AddMs(1_000), head.Council[0].Address, ids, null, []);
        return new Proposal(Round.Zero, null, header, null, [], ids, default);
    }

    private sealed class Requests : IConsensusNetwork
    {
        public IReadOnlyList<Hash32> Asked { get; private set; } = [];

        public int Count { get; private set; }

        public List<(PeerId Peer, PeerOffence Offence)> Offences { get; } = [];

        public void Broadcast(ConsensusMessage message)
        {
        }

        public void Send(PeerId peer, ConsensusMessage message)
        {
        }

        public void RequestTransactions(PeerId? preferred, Hash32 blockHash, IReadOnlyList<Hash32> transactionIds)
        {
            Asked = transactionIds;
            Count++;
        }

        public void Misbehaved(PeerId peer, PeerOffence offence) => Offences.Add((peer, offence));

        public void AnnounceBlock(CommittedBlock block)
        {
        }
    }
}
