using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Network.Links;
using EnergyChain.Node.Network.Sync;
using EnergyChain.Node.Network.Wire;
using Google.Protobuf;

namespace EnergyChain.Node.Network.Joining;

/// <summary>
/// A snapshot peer over a link. What cannot be decoded is a lie as well, and the end of the link is judged; an answer
/// that is owed is reported.
/// </summary>
internal sealed class LinkSnapshotPeer(
    PeerLink link, ReplyTable replies, IPeerJudge judge, NetworkOptions options, ILogger logger) : ISnapshotPeer
{
    public PeerId Id => link.Id;

    public bool IsAlive => link.Reason == DisconnectReason.None;

    private TimeSpan Patience => TimeSpan.FromMilliseconds(options.RangeTimeoutMs);

    public async Task<SnapshotOffer?> OfferAsync(Height? height, CancellationToken cancellationToken)
    {
        Frame? answer = await AskAsync(
            id => new Frame
            {
                SnapshotRequest = new SnapshotRequest { RequestId = id, Height = height?.Value ?? 0 },
            },
            cancellationToken);
        if (answer?.SnapshotReply is { } reply && reply.Heights.Count <= Limits.MaxSnapshotOffers)
        {
            return new SnapshotOffer([.. reply.Heights.Select(static each => new Height(each))], reply.Frontier.Memory);
        }

        BlameUnreadable(answer);
        return null;
    }

    public async Task<IReadOnlyList<CommittedBlock>?> BlocksAsync(
        Height from, int count, CancellationToken cancellationToken)
    {
        Frame? answer = await AskAsync(
            id => new Frame
            {
                RangeRequest = new RangeRequest
                {
                    RequestId = id,
                    FromHeight = from.Value,
                    MaxBlocks = (uint)count,
                },
            },
            cancellationToken);
        IReadOnlyList<CommittedBlock>? blocks =
            answer?.RangeReply is { } reply ? SyncService.Decode(reply) : null;
        if (blocks is null)
        {
            BlameUnreadable(answer);
        }

        return blocks;
    }

    public async Task<IReadOnlyList<TermLink>?> LinksAsync(Height from, CancellationToken cancellationToken)
    {
        Frame? answer = await AskAsync(
            id => new Frame { TermRequest = new TermRequest { RequestId = id, FromHeight = from.Value } },
            cancellationToken);
        if (answer?.TermReply is not { } reply || reply.Links.Count > Limits.MaxTermLinks)
        {
            BlameUnreadable(answer);
            return null;
        }

        List<TermLink> links = [];
        foreach (ByteString bytes in reply.Links)
        {
            if (!Bcs.TryDecode(bytes.Span, out TermLink? change, out _))
            {
                BlameUnreadable(answer);
                return null;
            }

            links.Add(change);
        }

        return links;
    }

    public async Task<PartAnswer> ChunkAsync(JoinTarget target, int chunk, CancellationToken cancellationToken)
    {
        Frame? answer = await AskAsync(
            id => new Frame
            {
                ChunkRequest = new ChunkRequest
                {
                    RequestId = id,
                    Height = target.Height.Value,
                    Chunk = (uint)chunk,
                    Frontier = Frames.Pack(target.FrontierHash),
                },
            },
            cancellationToken);
        return answer?.ChunkReply is { } reply
            ? new PartAnswer((PartStatus)reply.Status, reply.Chunk.Memory)
            : default;
    }

    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>?> CodesAsync(
        IReadOnlyList<Hash32> hashes, CancellationToken cancellationToken)
    {
        Frame? answer = await AskAsync(
            id =>
            {
                CodeRequest request = new() { RequestId = id };
                request.Hashes.AddRange(hashes.Select(static hash => Frames.Pack(hash)));
                return new Frame { CodeRequest = request };
            },
            cancellationToken);
        return answer?.CodeReply is { } reply && reply.Codes.Count <= hashes.Count
            ? [.. reply.Codes.Select(static code => code.Memory)]
            : null;
    }

    public void Blame(string what)
    {
        JoinLog.Lie(logger, link.Id, what);
        link.Close(DisconnectReason.BadBlock);
    }

    private void BlameUnreadable(Frame? answer)
    {
        if (answer is not null)
        {
            Blame($"an answer of the kind {answer.ContentCase} that cannot be read");
        }
    }

    private async Task<Frame?> AskAsync(Func<ulong, Frame> makeRequest, CancellationToken cancellationToken)
    {
        Frame? answer = await replies.AskAsync(link, makeRequest, Patience, cancellationToken);
        if (answer is null && IsAlive)
        {
            judge.Report(link.Id, PeerOffence.NoAnswer);
        }

        return answer;
    }
}
