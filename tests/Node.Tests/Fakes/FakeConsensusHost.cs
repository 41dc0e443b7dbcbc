using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Consensus;
using EnergyChain.Node.Network;

namespace EnergyChain.Node.Tests.Fakes;

/// <summary>Keeps what the network delivers, for tests to await.</summary>
internal sealed class FakeConsensusHost : IConsensusHost
{
    public Channel<(PeerId From, ConsensusMessage Message)> Messages { get; } =
        Channel.CreateUnbounded<(PeerId, ConsensusMessage)>();

    public Channel<IReadOnlyList<Transaction>> Bodies { get; } = Channel.CreateUnbounded<IReadOnlyList<Transaction>>();

    public Channel<PeerId> Connected { get; } = Channel.CreateUnbounded<PeerId>();

    /// <summary>Bodies held beside the pool.</summary>
    public Dictionary<Hash32, Transaction> Held { get; } = [];

    public int TimesAdvanced { get; private set; }

    public void Deliver(PeerId from, ConsensusMessage message) => Messages.Writer.TryWrite((from, message));

    public void DeliverTransactions(PeerId from, IReadOnlyList<Transaction> transactions) =>
        Bodies.Writer.TryWrite(transactions);

    public void PeerConnected(PeerId peer) => Connected.Writer.TryWrite(peer);

    public void ChainAdvanced() => TimesAdvanced++;

    public bool TryGetBody(Hash32 id, [NotNullWhen(true)] out Transaction? transaction) =>
        Held.TryGetValue(id, out transaction);
}
