using EnergyChain.Core;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Network.Gossip;
using EnergyChain.Node.Network.Handshaking;
using EnergyChain.Node.Network.Joining;
using EnergyChain.Node.Network.Links;
using EnergyChain.Node.Network.Sync;
using EnergyChain.Node.Network.Wire;

namespace EnergyChain.Node.Network;

/// <summary>Brings each frame to the part it is for. A reason other than none ends the link.</summary>
internal sealed class FrameRouter(
    ConsensusGossip consensus,
    TransactionGossip transactions,
    SyncService sync,
    RangeServer ranges,
    SnapshotServer snapshots,
    BodyExchange bodies,
    ReplyTable replies,
    NetworkOptions options,
    AddressExchange addresses)
{
    private const int MaxAnswersWaiting = 16;

    public ValueTask<DisconnectReason> RouteAsync(PeerLink link, ConnectionKind kind, Frame frame)
    {
        if (kind == ConnectionKind.Transactions)
        {
            return frame.ContentCase == Frame.ContentOneofCase.Transactions
                ? transactions.ReceiveAsync(link, frame.Transactions)
                : new ValueTask<DisconnectReason>(DisconnectReason.UnexpectedFrame);
        }

        return new ValueTask<DisconnectReason>(RouteMain(link, frame));
    }

    private DisconnectReason RouteMain(PeerLink link, Frame frame)
    {
        switch (frame.ContentCase)
        {
            case Frame.ContentOneofCase.Status:
                return OnStatus(link, frame.Status);
            case Frame.ContentOneofCase.Proposal:
            case Frame.ContentOneofCase.Vote:
            case Frame.ContentOneofCase.Evidence:
                return consensus.Receive(link, frame);
            case Frame.ContentOneofCase.Announcement:
                return sync.Receive(link, frame.Announcement);
            case Frame.ContentOneofCase.RangeRequest:
                return MayAsk(link) ? ranges.Serve(link, frame.RangeRequest) : DisconnectReason.None;
            case Frame.ContentOneofCase.RangeReply:
                return options.FetchesBlocks && !ReplyTable.IsOurs(frame.RangeReply.RequestId)
                    ? sync.Receive(link, frame.RangeReply)
                    : Complete(link, frame.RangeReply.RequestId, frame);
            case Frame.ContentOneofCase.BodyRequest:
                return MayAsk(link) ? bodies.Serve(link, frame.BodyRequest) : DisconnectReason.None;
            case Frame.ContentOneofCase.BodyReply:
                return Complete(link, frame.BodyReply.RequestId, frame);
            case Frame.ContentOneofCase.SnapshotRequest:
                return MayAsk(link) ? snapshots.Serve(link, frame.SnapshotRequest) : DisconnectReason.None;
            case Frame.ContentOneofCase.ChunkRequest:
                return MayAsk(link) ? snapshots.Serve(link, frame.ChunkRequest) : DisconnectReason.None;
            case Frame.ContentOneofCase.CodeRequest:
                return MayAsk(link) ? snapshots.Serve(link, frame.CodeRequest) : DisconnectReason.None;
            case Frame.ContentOneofCase.TermRequest:
                return MayAsk(link) ? snapshots.Serve(link, frame.TermRequest) : DisconnectReason.None;
            case Frame.ContentOneofCase.SnapshotReply:
                return Complete(link, frame.SnapshotReply.RequestId, frame);
            case Frame.ContentOneofCase.ChunkReply:
                return Complete(link, frame.ChunkReply.RequestId, frame);
            case Frame.ContentOneofCase.CodeReply:
                return Complete(link, frame.CodeReply.RequestId, frame);
            case Frame.ContentOneofCase.TermReply:
                return Complete(link, frame.TermReply.RequestId, frame);
            case Frame.ContentOneofCase.Addresses:
                return addresses.Receive(link, frame.Addresses);
            case Frame.ContentOneofCase.None:
                return DisconnectReason.BadFrame;
            default:
                return DisconnectReason.UnexpectedFrame;
        }
    }

    private DisconnectReason Complete(PeerLink link, ulong requestId, Frame frame)
    {
        replies.Complete(link, requestId, frame);
        return DisconnectReason.None;
    }

    // Who does not read its answers gets no more made for it: they cost disk, processor and memory.
    private static bool MayAsk(PeerLink link) => link.Main.BulkWaiting < MaxAnswersWaiting;

    private DisconnectReason OnStatus(PeerLink link, Status status)
    {
        if (status.CouncilHash.Length != Hash32.Size || status.LinkedMembers.Length > Limits.MaxCouncilMembers / 8)
        {
            return DisconnectReason.BadFrame;
        }

        link.OnStatus(status);
        sync.Poke();
        return DisconnectReason.None;
    }
}
