using EnergyChain.Core;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Network.Links;
using EnergyChain.Node.Network.Wire;
using EnergyChain.Node.Storage.Snapshots;
using Google.Protobuf;

namespace EnergyChain.Node.Network.Joining;

/// <summary>
/// Answers who joins by a snapshot, from files that do not change. What is served is bounded for all together: beyond
/// it a peer is told to ask again later. Thread-safe.
/// </summary>
internal sealed class SnapshotServer(
    IChain chain, IServiceProvider services, NetworkOptions options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly ISnapshotSource? _source = services.GetService<ISnapshotSource>();
    private readonly RateLimit _rate = new(options.SnapshotBytesPerSecond, time);
    private readonly TermLinks _terms = new(chain);
    private long _freeAt;

    public DisconnectReason Serve(PeerLink link, SnapshotRequest request)
    {
        SnapshotReply reply = new() { RequestId = request.RequestId };
        reply.Heights.AddRange(_source?.Heights.Select(static height => height.Value) ?? []);
        if (request.Height != 0 && _source is { } source
            && IsFree()
            && source.TryFrontier(new Height(request.Height), out ReadOnlyMemory<byte> frontier))
        {
            reply.Frontier = UnsafeByteOperations.UnsafeWrap(frontier);
            Pay(frontier.Length);
        }

        link.SendBulk(new Frame { SnapshotReply = reply });
        return DisconnectReason.None;
    }

    public DisconnectReason Serve(PeerLink link, ChunkRequest request)
    {
        PartStatus status = PartStatus.NotHeld;
        byte[] chunk = [];
        if (_source is { } source
            && request.Chunk < Limits.MaxSnapshotChunks
            && Frames.TryUnpack(request.Frontier, out Hash32 frontier))
        {
            Height height = new(request.Height);
            status = !IsFree() ? PartStatus.Busy
                : source.TryChunk(height, frontier, (int)request.Chunk, out chunk) ? PartStatus.Given
                : PartStatus.NotHeld;
            Pay(chunk.Length);
        }

        link.SendBulk(new Frame
        {
            ChunkReply = new ChunkReply
            {
                RequestId = request.RequestId,
                Status = (uint)status,
                Chunk = UnsafeByteOperations.UnsafeWrap(chunk),
            },
        });
        return DisconnectReason.None;
    }

    public DisconnectReason Serve(PeerLink link, CodeRequest request)
    {
        if (request.Hashes.Count is 0 or > Limits.MaxCodeRequestHashes)
        {
            return DisconnectReason.BadFrame;
        }

        CodeReply reply = new() { RequestId = request.RequestId };
        long bytes = 0;
        foreach (ByteString packed in request.Hashes)
        {
            if (!Frames.TryUnpack(packed, out Hash32 hash))
            {
                return DisconnectReason.BadFrame;
            }

            ReadOnlyMemory<byte> code = chain.Read((state, _) => state.GetCode(hash));
            bytes += code.Length;
            if (code.IsEmpty || (reply.Codes.Count > 0 && bytes > Limits.MaxCodeReplyBytes))
            {
                break;
            }

            reply.Codes.Add(UnsafeByteOperations.UnsafeWrap(code));
        }

        Pay(bytes);
        link.SendBulk(new Frame { CodeReply = reply });
        return DisconnectReason.None;
    }

    public DisconnectReason Serve(PeerLink link, TermRequest request)
    {
        TermReply reply = new() { RequestId = request.RequestId };
        reply.Links.AddRange(_terms.From(new Height(request.FromHeight)).Select(static each => Frames.Pack(each)));
        link.SendBulk(new Frame { TermReply = reply });
        return DisconnectReason.None;
    }

    private bool IsFree()
    {
        lock (_lock)
        {
            return time.GetTimestamp() >= _freeAt;
        }
    }

    private void Pay(long bytes)
    {
        lock (_lock)
        {
            TimeSpan debt = _rate.Take(bytes);
            _freeAt = time.GetTimestamp() + (long)(debt.TotalSeconds * time.TimestampFrequency);
        }
    }
}
