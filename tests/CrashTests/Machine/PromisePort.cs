using EnergyChain.Consensus.Safety;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Consensus;
using EnergyChain.Node.Network;

namespace EnergyChain.CrashTests.Machine;

/// <summary>A network that has nobody in it but a witness.</summary>
internal sealed class PromisePort(Promises promises) : IConsensusNetwork
{
    public void Broadcast(ConsensusMessage message)
    {
        switch (message)
        {
            case ConsensusMessage.OfVote { Value: var vote }:
                promises.OnSaid(new JournalRecord.OwnVote(vote));
                break;
            case ConsensusMessage.OfProposal { Value: var proposal }:
                promises.OnSaid(new JournalRecord.OwnProposal(proposal));
                break;
            default:
                break;
        }
    }

    public void Send(PeerId peer, ConsensusMessage message) => Broadcast(message);

    public void RequestTransactions(PeerId? preferred, Hash32 blockHash, IReadOnlyList<Hash32> transactionIds)
    {
    }

    public void Misbehaved(PeerId peer, PeerOffence offence)
    {
    }

    public void AnnounceBlock(CommittedBlock block) => promises.OnFinal(block.Block, null);
}
