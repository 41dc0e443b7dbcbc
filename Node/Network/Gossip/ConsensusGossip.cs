using System.Diagnostics.CodeAnalysis;
using EnergyChain.Consensus.Rules;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Consensus;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Network.Links;
using EnergyChain.Node.Network.Wire;

namespace EnergyChain.Node.Network.Gossip;

/// <summary>
/// Proposals, votes and evidence between members of the council. Each message is passed on at most once, and only
/// to members who say that they have no link to its sender.
/// </summary>
internal sealed class ConsensusGossip(
    LinkTable links, MeshView mesh, IChain chain, ConsensusPort consensus, NetworkMetrics metrics)
{
    private const int RememberedMessages = 16_384;

    private readonly KnownSet _passedOn = new(RememberedMessages);

    public void Broadcast(ConsensusMessage message)
    {
        Frame frame = Pack(message);
        _passedOn.Add(HashOf(frame));
        foreach (PeerLink link in links.All.Where(mesh.IsMember))
        {
            link.SendUrgent(frame);
        }
    }

    public void Send(PeerId peer, ConsensusMessage message)
    {
        if (links.TryGet(peer, out PeerLink? link))
        {
            link.SendUrgent(Pack(message));
        }
    }

    /// <summary>
    /// Delivers a message. Duplicates are delivered too: what consensus could not use a moment ago may be sent
    /// again. Who is no member of the councils we know is not listened to; a relay that tries is sent away, unless it
    /// is ahead of us and so may be a member by now.
    /// </summary>
    public DisconnectReason Receive(PeerLink link, Frame frame)
    {
        if (consensus.Host is not { } host || !mesh.IsMember(link))
        {
            // It may be a member of a later council than ours.
            bool mayBe = link.Role == PeerRole.Consensus || link.Height > chain.Head.Height;
            return mayBe ? DisconnectReason.None : DisconnectReason.NotAllowed;
        }

        if (!TryUnpack(frame, out ConsensusMessage? message))
        {
            return DisconnectReason.BadFrame;
        }

        host.Deliver(link.Id, message);
        PassOn(link, frame, message);
        return DisconnectReason.None;
    }

    private static Frame Pack(ConsensusMessage message) => message switch
    {
        ConsensusMessage.OfProposal proposal => new Frame { Proposal = Frames.Pack(proposal.Value) },
        ConsensusMessage.OfVote vote => new Frame { Vote = Frames.Pack(vote.Value) },
        ConsensusMessage.OfEvidence evidence => new Frame { Evidence = Frames.Pack(evidence.Value) },
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static bool TryUnpack(Frame frame, [NotNullWhen(true)] out ConsensusMessage? message)
    {
        message = frame.ContentCase switch
        {
            Frame.ContentOneofCase.Proposal when Bcs.TryDecode(frame.Proposal.Span, out Proposal? proposal, out _) =>
                new ConsensusMessage.OfProposal(proposal),
            Frame.ContentOneofCase.Vote when Bcs.TryDecode(frame.Vote.Span, out Vote? vote, out _) =>
                new ConsensusMessage.OfVote(vote),
            Frame.ContentOneofCase.Evidence when Bcs.TryDecode(frame.Evidence.Span, out Evidence? evidence, out _) =>
                new ConsensusMessage.OfEvidence(evidence),
            _ => null,
        };
        return message is not null;
    }

    private static Hash32 HashOf(Frame frame) => Blake2b.Hash(frame.ContentCase switch
    {
        Frame.ContentOneofCase.Proposal => frame.Proposal.Span,
        Frame.ContentOneofCase.Vote => frame.Vote.Span,
        _ => frame.Evidence.Span,
    });

    private void PassOn(PeerLink from, Frame frame, ConsensusMessage message)
    {
        PeerLink[] deaf = [.. links.All.Where(link =>
            !ReferenceEquals(link, from) && mesh.IsMember(link) && !mesh.Hears(link, from.Id))];
        if (deaf.Length == 0 || !IsWorthPassingOn(message) || !_passedOn.Add(HashOf(frame)))
        {
            return;
        }

        foreach (PeerLink link in deaf)
        {
            link.SendUrgent(frame);
            metrics.Forwarded();
        }
    }

    // Only what is of the height under way and what its author has signed: who passes on rubbish is taken for its
    // author.
    private bool IsWorthPassingOn(ConsensusMessage message)
    {
        ChainHead head = chain.Head;
        ChainId chainId = chain.Genesis.ChainId;
        return message switch
        {
            ConsensusMessage.OfVote { Value: { } vote } =>
                vote.Height == head.Height.Next
                && vote.Validator < head.Council.Count
                && vote.SignatureHolds(chainId, head.Council[vote.Validator].PublicKey),
            ConsensusMessage.OfProposal { Value: { } proposal } =>
                proposal.Height == head.Height.Next
                && MessageCheck.Holds(proposal, chainId, head.Proposers),
            ConsensusMessage.OfEvidence { Value: { } evidence } =>
                head.Terms.Find(evidence.Height) is { } term && evidence.Verify(chainId, term.Council),
            _ => false,
        };
    }
}
