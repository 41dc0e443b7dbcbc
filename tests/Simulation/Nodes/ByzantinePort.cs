using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Consensus;
using EnergyChain.Node.Network;
using EnergyChain.Simulation.Faults;
using EnergyChain.Simulation.Network;
using EnergyChain.Simulation.Time;

namespace EnergyChain.Simulation.Nodes;

/// <summary>
/// Between the honest code of a member and its links sits somebody with the member's key and without a guard: what the
/// code says is changed, doubled, kept back or joined by what it would never say.
/// </summary>
internal sealed class ByzantinePort(
    World world, SimNode node, IConsensusNetwork links, ByzantineKind kind, SeededRandom random) : IConsensusNetwork
{
    private const int Remembered = 64;

    private readonly Forger _forger = new(world, node, random.Fork());
    private readonly List<ConsensusMessage> _past = [];

    public void Broadcast(ConsensusMessage message)
    {
        switch (kind)
        {
            case ByzantineKind.Equivocates:
                Equivocate(message);
                break;
            case ByzantineKind.Withholds:
                foreach (SimNode peer in world.Nodes.Where(_ => random.Chance(50)))
                {
                    node.Send(peer, SimMessage.Of(message));
                }

                break;
            case ByzantineKind.LiesAboutRoots:
                links.Broadcast(IsOwn(message) ? _forger.WithFalseRoots(message) : message);
                break;
            default:
                links.Broadcast(message);
                SendStaleAndFuture(message);
                break;
        }
    }

    public void Send(PeerId peer, ConsensusMessage message)
    {
        if (kind != ByzantineKind.Withholds || random.Chance(50))
        {
            links.Send(peer, message);
        }
    }

    public void RequestTransactions(PeerId? preferred, Hash32 blockHash, IReadOnlyList<Hash32> transactionIds) =>
        links.RequestTransactions(preferred, blockHash, transactionIds);

    public void Misbehaved(PeerId peer, PeerOffence offence) => links.Misbehaved(peer, offence);

    public void AnnounceBlock(CommittedBlock block) => links.AnnounceBlock(block);

    private bool IsOwn(ConsensusMessage message) => message switch
    {
        ConsensusMessage.OfVote { Value: var vote } => vote.Validator == node.Member,
        ConsensusMessage.OfProposal { Value: var proposal } => proposal.SignatureHolds(node.Key.PublicKey),
        _ => false,
    };

    // Some hear the one, some the other, some both.
    private void Equivocate(ConsensusMessage message)
    {
        SimMessage one = SimMessage.Of(message);
        SimMessage other = IsOwn(message) ? SimMessage.Of(_forger.Contradict(message)) : one;
        foreach (SimNode peer in world.Nodes)
        {
            int heard = random.Below(5);
            if (heard != 0)
            {
                node.Send(peer, heard <= 2 ? one : other);
            }
            else
            {
                node.Send(peer, one);
                node.Send(peer, other);
            }
        }
    }

    private void SendStaleAndFuture(ConsensusMessage message)
    {
        _past.Add(message);
        if (_past.Count > Remembered)
        {
            _past.RemoveAt(random.Below(Remembered));
        }

        links.Broadcast(random.Pick(_past));
        if (message is ConsensusMessage.OfVote { Value: var vote } && IsOwn(message))
        {
            links.Broadcast(_forger.FarAhead(vote));
        }
    }
}
