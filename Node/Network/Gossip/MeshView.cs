using EnergyChain.Core.Chain;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Network.Links;
using EnergyChain.Node.Network.Wire;
using Google.Protobuf;

namespace EnergyChain.Node.Network.Gossip;

/// <summary>
/// Who is linked to which members of the council. Peers tell each other, so that a message is passed on only to
/// those who do not get it from its sender: in a full mesh nothing is passed on, with links missing nothing is lost.
/// </summary>
internal sealed class MeshView(LinkTable links, IChain chain)
{
    public Frame MakeStatus()
    {
        ChainHead head = chain.Head;
        byte[] linked = new byte[(head.Council.Count + 7) / 8];
        foreach (PeerLink link in links.All)
        {
            int index = head.Council.IndexOf(link.Id.Key);
            if (index >= 0)
            {
                linked[index / 8] |= (byte)(1 << (index % 8));
            }
        }

        return new Frame
        {
            Status = new Status
            {
                Height = head.Height.Value,
                FirstHeight = chain.FirstBlock.Value,
                CouncilHash = Frames.Pack(head.Council.Hash),
                LinkedMembers = UnsafeByteOperations.UnsafeWrap(linked),
            },
        };
    }

    /// <summary>
    /// Whether the peer is in the council of the next height or of the one after it, whose messages may come while the
    /// next is being decided.
    /// </summary>
    public bool IsMember(PeerLink link)
    {
        ChainHead head = chain.Head;
        return head.Council.IndexOf(link.Id.Key) >= 0 || head.NextTerm.Council.IndexOf(link.Id.Key) >= 0;
    }

    /// <summary>Whether the peer says that it is linked to <paramref name="origin"/>, and so hears it.</summary>
    public bool Hears(PeerLink peer, PeerId origin)
    {
        Council council = chain.Head.Council;
        int index = council.IndexOf(origin.Key);
        Status status = peer.Status;
        return index >= 0
            && Frames.TryUnpack(status.CouncilHash, out Core.Primitives.Hash32 hash)
            && hash == council.Hash
            && index / 8 < status.LinkedMembers.Length
            && (status.LinkedMembers[index / 8] & (1 << (index % 8))) != 0;
    }
}
