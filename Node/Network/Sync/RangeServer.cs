using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Network.Links;
using EnergyChain.Node.Network.Wire;
using Google.Protobuf;

namespace EnergyChain.Node.Network.Sync;

/// <summary>Answers a peer that asks for a range of final blocks, bounded in number and bytes.</summary>
internal sealed class RangeServer(IChain chain)
{
    public DisconnectReason Serve(PeerLink link, RangeRequest request)
    {
        if (request.MaxBlocks is 0 or > Limits.MaxRangeBlocks || request.FromHeight == 0)
        {
            return DisconnectReason.BadFrame;
        }

        RangeReply reply = new() { RequestId = request.RequestId };
        ulong head = chain.Head.Height.Value;
        long bytes = 0;
        for (ulong height = request.FromHeight;
            height <= head && (ulong)reply.Blocks.Count < request.MaxBlocks
                && chain.TryGetBlock(new Height(height), out CommittedBlock? block);
            height++)
        {
            ByteString packed = Frames.Pack(block);
            bytes += packed.Length;
            if (reply.Blocks.Count > 0 && bytes > Limits.MaxRangeBytes)
            {
                break;
            }

            reply.Blocks.Add(packed);
        }

        link.SendBulk(new Frame { RangeReply = reply });
        return DisconnectReason.None;
    }
}
