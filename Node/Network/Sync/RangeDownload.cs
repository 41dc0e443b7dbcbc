using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Network.Links;
using EnergyChain.Node.Network.Wire;
using Google.Protobuf;

namespace EnergyChain.Node.Network.Sync;

/// <summary>
/// One run of catching up: ranges are asked from several peers at once and committed in order. Memory is bounded by
/// the ranges that are under way or wait for an earlier one. A range that a peer fails goes to another.
/// </summary>
internal sealed class RangeDownload(
    IChain chain, BlockIntake intake, ReplyTable replies, PeerPenalties penalties, NetworkOptions options)
{
    private readonly SortedSet<ulong> _arrived = [];
    private readonly Dictionary<ulong, RangeResult> _ready = [];
    private readonly SortedDictionary<ulong, int> _again = [];
    private readonly Dictionary<PeerLink, Task<RangeResult>> _underWay = [];
    private ulong _next;

    /// <summary>Runs until the head is at the target, or no peer can help now.</summary>
    public async Task RunAsync(Func<IReadOnlyList<PeerLink>> peers, CancellationToken cancellationToken)
    {
        _next = chain.Head.Height.Value + 1;
        while (intake.IsHealthy)
        {
            Assign(peers());
            if (_underWay.Count == 0)
            {
                return;
            }

            Task<RangeResult> done = await Task.WhenAny(_underWay.Values);
            RangeResult result = await done;
            cancellationToken.ThrowIfCancellationRequested();
            _underWay.Remove(result.Peer);
            Store(result);
            CommitReady();
        }

        void Assign(IReadOnlyList<PeerLink> candidates)
        {
            foreach (PeerLink peer in candidates.Where(peer => !_underWay.ContainsKey(peer)))
            {
                if (_underWay.Count >= options.SyncRequests
                    || _underWay.Count + _ready.Count >= options.SyncRequests * 2
                    || !TryNextRange(peer.Height.Value, out BlockRange range))
                {
                    continue;
                }

                _underWay[peer] = AskAsync(peer, range, cancellationToken);
            }
        }
    }

    private bool TryNextRange(ulong peerHeight, out BlockRange range)
    {
        if (_again.Count > 0)
        {
            (ulong from, int count) = _again.First();
            range = new BlockRange(from, count);
            return from <= peerHeight && _again.Remove(from);
        }

        _next = Math.Max(_next, chain.Head.Height.Value + 1);
        range = default;
        if (_next > peerHeight)
        {
            return false;
        }

        range = new BlockRange(_next, (int)Math.Min((ulong)options.SyncRangeBlocks, peerHeight - _next + 1));
        _next += (ulong)range.Count;
        return true;
    }

    private async Task<RangeResult> AskAsync(PeerLink peer, BlockRange range, CancellationToken cancellationToken)
    {
        Frame? answer;
        try
        {
            answer = await replies.AskAsync(
                peer,
                id => new Frame
                {
                    RangeRequest = new RangeRequest
                    {
                        RequestId = id,
                        FromHeight = range.From,
                        MaxBlocks = (uint)range.Count,
                    },
                },
                TimeSpan.FromMilliseconds(options.RangeTimeoutMs),
                cancellationToken);
        }
        catch (OperationCanceledException)
        {
            answer = null;
        }

        return new RangeResult(peer, range, answer?.RangeReply is { } reply ? Decode(range, reply) : null);
    }

    // Null unless it is what was asked for, from the first height on and without gaps.
    private static List<CommittedBlock>? Decode(BlockRange range, RangeReply reply)
    {
        if (reply.Blocks.Count == 0 || reply.Blocks.Count > range.Count)
        {
            return null;
        }

        List<CommittedBlock> blocks = [];
        foreach (ByteString bytes in reply.Blocks)
        {
            if (bytes.Length > Limits.MaxMainFrameBytes
                || !Bcs.TryDecode(bytes.Span, out CommittedBlock? block, out _)
                || block.Block.Height.Value != range.From + (ulong)blocks.Count)
            {
                return null;
            }

            blocks.Add(block);
        }

        return blocks;
    }

    private void Store(RangeResult result)
    {
        if (result.Blocks is null)
        {
            penalties.Punish(result.Peer, result.Range);
            _again[result.Range.From] = result.Range.Count;
            return;
        }

        _ready[result.Range.From] = result;
        _arrived.Add(result.Range.From);
        int missing = result.Range.Count - result.Blocks.Count;
        if (missing > 0)
        {
            _again[result.Range.From + (ulong)result.Blocks.Count] = missing;
        }
    }

    private void CommitReady()
    {
        while (_arrived.Count > 0 && _arrived.Min <= chain.Head.Height.Value + 1 && intake.IsHealthy)
        {
            ulong from = _arrived.Min;
            _arrived.Remove(from);
            _ready.Remove(from, out RangeResult? result);
            foreach (CommittedBlock block in result!.Blocks!)
            {
                if (block.Block.Height <= chain.Head.Height)
                {
                    continue;
                }

                BlockVerdict verdict = intake.Take(result.Peer, block);
                if (verdict is not (BlockVerdict.Valid or BlockVerdict.NotNext))
                {
                    AskAgain(result, block);
                    break;
                }
            }
        }
    }

    private void AskAgain(RangeResult result, CommittedBlock block)
    {
        ulong end = result.Range.From + (ulong)result.Blocks!.Count;
        _again[block.Block.Height.Value] = (int)(end - block.Block.Height.Value);
    }
}
