using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Consensus;
using EnergyChain.Node.Network;
using EnergyChain.Simulation.Network;

namespace EnergyChain.Simulation.Nodes;

/// <summary>
/// What consensus asks of the network, over virtual links. Each call is a moment at which a process may die.
/// </summary>
internal sealed class NodePort(World world, SimNode node) : IConsensusNetwork
{
    private int _bodyRequests;

    public void Broadcast(ConsensusMessage message)
    {
        node.Effect();
        world.Oracle.OnSaid(node, message);
        node.SendAll(SimMessage.Of(message));
    }

    public void Send(PeerId peer, ConsensusMessage message)
    {
        node.Effect();
        world.Oracle.OnSaid(node, message);
        SendTo(peer, SimMessage.Of(message));
    }

    public void RequestTransactions(PeerId? preferred, Hash32 blockHash, IReadOnlyList<Hash32> transactionIds)
    {
        node.Effect();
        SimMessage request = SimMessage.OfIds(transactionIds);
        if (preferred is { } first)
        {
            SendTo(first, request);
        }

        // As the node's own exchange, which goes on to the next peer where one does not answer.
        SimNode other = world.Nodes[(node.Index + 1 + (_bodyRequests++ % (world.Nodes.Count - 1))) % world.Nodes.Count];
        node.Send(other, request);
    }

    public void Misbehaved(PeerId peer, PeerOffence offence)
    {
        // Not to have answered proves nothing: where messages are lost or slow every honest node is late at times.
        if (offence != PeerOffence.WithheldBodies
            && node.IsHonest
            && world.Nodes.Any(other => other.Peer == peer && other.IsHonest))
        {
            world.Fail(ViolationKind.FalseAccusation, $"node {node.Index} accuses an honest one of {offence}");
        }
    }

    public void AnnounceBlock(CommittedBlock block) =>
        node.SendAll(SimMessage.OfNumbers(MessageKind.Status, block.Block.Height.Value));

    private void SendTo(PeerId peer, SimMessage message)
    {
        foreach (SimNode to in world.Nodes.Where(other => other.Peer == peer && other != node))
        {
            node.Send(to, message);
        }
    }
}
