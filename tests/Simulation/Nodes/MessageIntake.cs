using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Consensus;
using EnergyChain.Simulation.Network;

namespace EnergyChain.Simulation.Nodes;

/// <summary>What a node does with a message of a peer, as its network's frame router.</summary>
internal static class MessageIntake
{
    private const int MostBlocksInReply = 16;

    public static void Take(World world, SimNode node, SimNode from, SimMessage message)
    {
        NodeProcess process = node.Process!;
        switch (message.Kind)
        {
            case MessageKind.Proposal:
                Deliver(process, from, new ConsensusMessage.OfProposal(message.Value<Proposal>()));
                break;
            case MessageKind.Vote:
                Deliver(process, from, new ConsensusMessage.OfVote(message.Value<Vote>()));
                break;
            case MessageKind.Evidence:
                Deliver(process, from, new ConsensusMessage.OfEvidence(message.Value<Evidence>()));
                break;
            case MessageKind.Transactions:
                node.TakeTransactions(message.List<Transaction>());
                break;
            case MessageKind.BodyRequest:
                Serve(world, node, from, message.Ids());
                break;
            case MessageKind.BodyReply:
                TakeBodies(process, from, message.List<Transaction>());
                break;
            case MessageKind.Status:
                process.Sync.OnStatus(from, message.Number(0));
                break;
            case MessageKind.RangeRequest:
                ServeRange(node, from, message);
                break;
            case MessageKind.RangeReply:
                process.Sync.OnReply(from, message.Number(0), message.ListAfterNumber<CommittedBlock>());
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static void Deliver(NodeProcess process, SimNode from, ConsensusMessage message) =>
        process.Driver.Handle(new HostItem.Message(from.Peer, message));

    private static void Serve(World world, SimNode node, SimNode from, IReadOnlyList<Hash32> ids)
    {
        if (node.Byzantine == Faults.ByzantineKind.Withholds && world.Injector.AreFaultsOn)
        {
            return;
        }

        Transaction[] found = [.. ids.Select(node.Process!.FindBody).OfType<Transaction>()];
        if (found.Length > 0)
        {
            node.Send(from, SimMessage.OfList(MessageKind.BodyReply, found));
        }
    }

    // As BodyExchange: what the pool does not take may still be of use to a proposal, if its signatures hold.
    private static void TakeBodies(NodeProcess process, SimNode from, IReadOnlyList<Transaction> bodies)
    {
        List<Transaction> usable = [];
        foreach (Transaction body in bodies)
        {
            TransactionRefusal refusal = process.Pool.Add(body);
            if (refusal == TransactionRefusal.None
                || process.Pool.IsVerified(body)
                || (refusal != TransactionRefusal.BadSignature && body.SignaturesHold()))
            {
                usable.Add(body);
            }
        }

        if (usable.Count > 0)
        {
            process.Driver.Handle(new HostItem.Bodies(from.Peer, usable));
        }
    }

    private static void ServeRange(SimNode node, SimNode from, SimMessage request)
    {
        List<CommittedBlock> blocks = [];
        int most = (int)Math.Min(request.Number(2), MostBlocksInReply);
        for (Height height = new(request.Number(0)); blocks.Count < most; height = height.Next)
        {
            if (!node.Process!.Chain.TryGetBlock(height, out CommittedBlock? block))
            {
                break;
            }

            blocks.Add(block);
        }

        node.Send(from, SimMessage.OfReply(request.Number(1), blocks));
    }
}
