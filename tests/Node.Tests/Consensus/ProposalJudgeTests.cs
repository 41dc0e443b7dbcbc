using System.Diagnostics.Metrics;
using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Consensus;
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
        BlockBodies bodies = new(new TransactionPool(chain));
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
        BlockHeader header = new()
        {
            ChainId = new ChainId(7),
            Height = head.Height.Next,
            Time = head.Time.AddMs(1_000),
            ParentHash = head.Hash,
            TransactionsRoot = Block.TransactionsRootOf(ids),
            ParentStateRoot = head.StateRoot,
            ParentReceiptsRoot = head.ReceiptsRoot,
            ParentGasUsed = head.GasUsed,
            TermHash = head.Term.Hash,
            NextTermHash = head.NextTerm.Hash,
            Proposer = head.Council[0].Address,
            LastCertificateHash = Hash32.Zero,
            EvidenceRoot = Block.EvidenceRootOf([]),
        };
        return new Proposal(Round.Zero, null, header, null, [], ids, default);
    }

    private sealed class Requests : IConsensusNetwork
    {
        public IReadOnlyList<Hash32> Asked { get; private set; } = [];

        public void Broadcast(ConsensusMessage message)
        {
        }

        public void Send(PeerId peer, ConsensusMessage message)
        {
        }

        public void RequestTransactions(PeerId? preferred, Hash32 blockHash, IReadOnlyList<Hash32> transactionIds) =>
            Asked = transactionIds;

        public void Misbehaved(PeerId peer, PeerOffence offence)
        {
        }

        public void AnnounceBlock(CommittedBlock block)
        {
        }
    }
}
