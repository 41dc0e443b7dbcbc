using System.Diagnostics.Metrics;
using EnergyChain.Node.Consensus;
using EnergyChain.Node.Network;
using EnergyChain.Node.Pool;
using EnergyChain.Node.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.Node.Tests.Consensus;

/// <summary>The loop on its own thread and the real clock, as in the node.</summary>
public sealed class ConsensusHostServiceTests
{
    [Test]
    [CancelAfter(30_000)]
    public async Task Service_decides_blocks_by_itself_and_stops_when_told(CancellationToken cancellation)
    {
        FakeChain chain = new(councilSize: 1);
        using ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using ConsensusMetrics metrics = new(services.GetRequiredService<IMeterFactory>());
        using ConsensusHost host = new(
            chain,
            new TransactionPool(chain),
            new NoNetwork(),
            new MemoryJournal(),
            chain.CouncilKey(0),
            TimeProvider.System,
            metrics,
            NullLogger<ConsensusHost>.Instance);

        await host.StartAsync(cancellation);
        await chain.Reaches(2).WaitAsync(cancellation);
        host.PeerConnected(new PeerId(chain.CouncilKey(0).PublicKey));
        await host.StopAsync(cancellation);
        Assert.That(host.ExecuteTask!.IsCompletedSuccessfully);
    }

    private sealed class NoNetwork : IConsensusNetwork
    {
        public void Broadcast(ConsensusMessage message)
        {
        }

        public void Send(PeerId peer, ConsensusMessage message)
        {
        }

        public void RequestTransactions(
            PeerId? preferred, Core.Primitives.Hash32 blockHash, IReadOnlyList<Core.Primitives.Hash32> transactionIds)
        {
        }

        public void Misbehaved(PeerId peer, PeerOffence offence)
        {
        }

        public void AnnounceBlock(Core.Chain.CommittedBlock block)
        {
        }
    }
}
