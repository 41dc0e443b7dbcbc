using System.Collections.Concurrent;
using System.Threading.Channels;
using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Network.Links;
using EnergyChain.Node.Network.Wire;
using EnergyChain.Node.Pool;
using Google.Protobuf;

namespace EnergyChain.Node.Network.Sync;

/// <summary>
/// The shell of <see cref="SyncDriver"/>: one loop that tells it of links, heights, answers and announced blocks, and
/// calls it when its time has come. Answers are decoded on the threads that read them.
/// </summary>
internal sealed class SyncService : BackgroundService
{
    private const int MaxAnnouncedWaiting = 16;

    private readonly LinkTable _links;
    private readonly IChain _chain;
    private readonly SyncRequests _requests;
    private readonly PooledRangeChecker _checker;
    private readonly SyncProgress _progress;
    private readonly TimeProvider _time;
    private readonly bool _fetches;
    private readonly SyncDriver _driver;
    private readonly Dictionary<PeerId, PeerLink> _known = [];
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly Channel<(PeerLink From, CommittedBlock Block)> _announced =
        Channel.CreateBounded<(PeerLink From, CommittedBlock Block)>(
            new BoundedChannelOptions(MaxAnnouncedWaiting)
            {
                FullMode = BoundedChannelFullMode.DropOldest,
                SingleReader = true,
            });

    // Bounded by the requests under way: nothing else gets in.
    private readonly ConcurrentQueue<(PeerLink From, ulong Id, List<CommittedBlock>? Blocks)> _replies = [];

    public SyncService(
        LinkTable links,
        IChain chain,
        ITransactionPool pool,
        SyncPort port,
        SyncRequests requests,
        PooledRangeChecker checker,
        SyncProgress progress,
        NetworkOptions options,
        TimeProvider time)
    {
        _links = links;
        _chain = chain;
        _requests = requests;
        _checker = checker;
        _progress = progress;
        _time = time;
        _fetches = options.FetchesBlocks;
        _driver = new SyncDriver(chain, port, checker, pool.IsVerified, options, time);
    }

    /// <summary>A link came or went, or a peer's height may have changed.</summary>
    public void Poke() => _signal.Writer.TryWrite(true);

    public DisconnectReason Receive(PeerLink link, BlockAnnouncement announcement)
    {
        if (!Frames.TryUnpack(announcement.Hash, out Hash32 hash))
        {
            return DisconnectReason.BadFrame;
        }

        link.OnHeight(new Height(announcement.Height));
        if (announcement.Height == _chain.Head.Height.Value + 1 && announcement.Block.Length > 0)
        {
            if (!Bcs.TryDecode(announcement.Block.Span, out CommittedBlock? block, out _) || block.Block.Hash != hash)
            {
                return DisconnectReason.BadBlock;
            }

            _announced.Writer.TryWrite((link, block));
        }

        Poke();
        return DisconnectReason.None;
    }

    /// <summary>An answer that was asked for is decoded and kept; a late one is thrown away.</summary>
    public DisconnectReason Receive(PeerLink link, RangeReply reply)
    {
        if (_requests.TryTake(link, reply.RequestId))
        {
            _replies.Enqueue((link, reply.RequestId, Decode(reply)));
            Poke();
            return DisconnectReason.None;
        }

        return _requests.IsOld(reply.RequestId) ? DisconnectReason.None : DisconnectReason.BadBlock;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!_fetches)
        {
            return;
        }

        _checker.Finished += Poke;
        try
        {
            while (_driver.IsHealthy)
            {
                TellLinks();
                TellBlocks();
                TimeSpan? next = _driver.Pump();
                _progress.IsCatchingUp = _driver.IsCatchingUp;
                if (next != TimeSpan.Zero)
                {
                    await WaitAsync(next ?? Timeout.InfiniteTimeSpan, stoppingToken);
                }

                stoppingToken.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        finally
        {
            _checker.Finished -= Poke;
            _progress.IsCatchingUp = false;
        }
    }

    /// <summary>The blocks of an answer; null where one cannot be decoded.</summary>
    internal static List<CommittedBlock>? Decode(RangeReply reply)
    {
        List<CommittedBlock> blocks = [];
        foreach (ByteString bytes in reply.Blocks)
        {
            if (blocks.Count == Limits.MaxRangeBlocks
                || bytes.Length > Limits.MaxMainFrameBytes
                || !Bcs.TryDecode(bytes.Span, out CommittedBlock? block, out _))
            {
                return null;
            }

            blocks.Add(block);
        }

        return blocks;
    }

    // The wait itself takes no signal, so that one that comes just when the time is up is not lost.
    private async Task WaitAsync(TimeSpan patience, CancellationToken stoppingToken)
    {
        using CancellationTokenSource timeout = new(patience, _time);
        using CancellationTokenSource either =
            CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stoppingToken);
        try
        {
            await _signal.Reader.WaitToReadAsync(either.Token);
            _signal.Reader.TryRead(out _);
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
        }
    }

    private void TellLinks()
    {
        foreach (PeerLink gone in _known.Values.Where(static link => link.Reason != DisconnectReason.None).ToArray())
        {
            Forget(gone);
        }

        foreach (PeerLink link in _links.All)
        {
            if (link.Reason != DisconnectReason.None)
            {
                continue;
            }

            if (_known.TryGetValue(link.Id, out PeerLink? before) && !ReferenceEquals(before, link))
            {
                Forget(before);
            }

            _known[link.Id] = link;
            _driver.PeerHolds(link.Id, new Height(Math.Max(1, link.Status.FirstHeight)), link.Claimed);
        }
    }

    private void Forget(PeerLink link)
    {
        _known.Remove(link.Id);
        _requests.Forget(link);
        _driver.PeerGone(link.Id);
    }

    private void TellBlocks()
    {
        _checker.Deliver();
        while (_replies.TryDequeue(out (PeerLink From, ulong Id, List<CommittedBlock>? Blocks) reply))
        {
            if (IsKnown(reply.From))
            {
                _driver.Replied(reply.From.Id, reply.Id, reply.Blocks);
            }
        }

        while (_announced.Reader.TryRead(out (PeerLink From, CommittedBlock Block) next))
        {
            if (IsKnown(next.From))
            {
                _driver.Announced(next.From.Id, next.Block);
            }
        }
    }

    private bool IsKnown(PeerLink link) =>
        _known.TryGetValue(link.Id, out PeerLink? known) && ReferenceEquals(known, link);
}
