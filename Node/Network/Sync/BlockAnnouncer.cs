using EnergyChain.Core.Chain;
using EnergyChain.Node.Network.Gossip;
using EnergyChain.Node.Network.Links;
using EnergyChain.Node.Network.Wire;
using Google.Protobuf;

namespace EnergyChain.Node.Network.Sync;

/// <summary>
/// Tells of a new final block: who does not decide blocks and is not known to have it gets it whole (a large one by
/// height and hash), everyone else the new height. Members of the council make their blocks themselves and ask where
/// they fall behind; what a peer said it was when it linked may be past.
/// </summary>
internal sealed class BlockAnnouncer(LinkTable links, MeshView mesh, NetworkOptions options)
{
    public void Announce(CommittedBlock block)
    {
        Frame status = mesh.MakeStatus();
        Frame? announcement = null;
        foreach (PeerLink link in links.All)
        {
            if (!mesh.IsMember(link) && link.Height < block.Block.Height)
            {
                announcement ??= Make(block);
                link.SendBulk(announcement);
            }

            link.SendUrgent(status);
        }
    }

    private Frame Make(CommittedBlock block)
    {
        ByteString packed = Frames.Pack(block);
        return new Frame
        {
            Announcement = new BlockAnnouncement
            {
                Height = block.Block.Height.Value,
                Hash = Frames.Pack(block.Block.Hash),
                Block = packed.Length <= options.MaxAnnouncedBlockBytes ? packed : ByteString.Empty,
            },
        };
    }
}
