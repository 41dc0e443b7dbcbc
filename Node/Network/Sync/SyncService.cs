using System.Threading.Channels;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Network.Links;
using EnergyChain.Node.Network.Wire;

namespace EnergyChain.Node.Network.Sync;

/// <summary>
/// Keeps the chain at the height of the peers. A relay commits the announced block that is next at once; whoever is
/// further behind asks for ranges. A validator that is one block behind is about to make that block itself, so it
/// waits a moment before it asks.
/// </summary>
internal sealed class SyncService : BackgroundService
{
    private const int MaxAnnouncedWaiting = 16;

    // Fewer missing blocks than this are fetched in a moment: the node's answers are current enough.
    private const ulong CatchingUpBlocks = 8;

    private readonly LinkTable _links;
    private readonly IChain _chain;
    private readonly BlockIntake _intake;
    private readonly BlockAnnouncer _announcer;
    private readonly ReplyTable _replies;
    private readonly PeerPenalties _penalties;
    private readonly SyncProgress _progress;
    private readonly NetworkOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<SyncService> _logger;
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly Channel<(PeerLink From, CommittedBlock Block)> _announced =
        Channel.CreateBounded<(PeerLink From, CommittedBlock Block)>(
            new BoundedChannelOptions(MaxAnnouncedWaiting)
            {
                FullMode = BoundedChannelFullMode.DropOldest,
                SingleReader = true,
            });

    private Height _lagHead;
    private long _lagSince;
    private bool _isLagging;

    public SyncService(
        LinkTable links,
        IChain chain,
        BlockIntake intake,
        BlockAnnouncer announcer,
        ReplyTable replies,
        PeerPenalties penalties,
        SyncProgress progress,
        NetworkOptions options,
        TimeProvider time,
        ILogger<SyncService> logger)
    {
        _links = links;
        _chain = chain;
        _intake = intake;
        _announcer = announcer;
        _replies = replies;
        _penalties = penalties;
        _progress = progress;
        _options = options;
        _time = time;
        _logger = logger;
    }

    /// <summary>A peer's height may have changed.</summary>
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

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (_intake.IsHealthy)
            {
                await WaitAsync(stoppingToken);
                TakeAnnounced();
                if (ShouldDownload(out Height target))
                {
                    await DownloadAsync(target, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    // A signal, or the time to look whether a short lag has lasted.
    private async Task WaitAsync(CancellationToken stoppingToken)
    {
        try
        {
            await _signal.Reader.ReadAsync(stoppingToken).AsTask()
                .WaitAsync(TimeSpan.FromMilliseconds(_options.SyncGraceMs), _time, stoppingToken);
        }
        catch (TimeoutException)
        {
        }
    }

    private void TakeAnnounced()
    {
        while (_announced.Reader.TryRead(out (PeerLink From, CommittedBlock Block) next))
        {
            if (_intake.Take(next.From, next.Block) == BlockVerdict.Valid)
            {
                _announcer.Announce(next.Block);
            }
        }
    }

    private bool ShouldDownload(out Height target)
    {
        Height head = _chain.Head.Height;
        ulong best = Helpers().Select(peer => peer.Height.Value).DefaultIfEmpty().Max();
        target = new Height(best);
        if (best <= head.Value)
        {
            _isLagging = false;
            return false;
        }

        if (!_isLagging || _lagHead != head)
        {
            (_isLagging, _lagHead, _lagSince) = (true, head, _time.GetTimestamp());
        }

        return best >= head.Value + 2
            || _time.GetElapsedTime(_lagSince).TotalMilliseconds >= _options.SyncGraceMs;
    }

    private async Task DownloadAsync(Height target, CancellationToken stoppingToken)
    {
        Height before = _chain.Head.Height;
        _logger.CatchingUp(before, target, Helpers().Count);
        _progress.IsCatchingUp = target.Value - before.Value >= CatchingUpBlocks;
        RangeDownload download = new(_chain, _intake, _replies, _penalties, _options);
        await download.RunAsync(Helpers, stoppingToken);
        _progress.IsCatchingUp = false;
        Height after = _chain.Head.Height;
        if (after > before)
        {
            _logger.CaughtUp(after);
            if (_chain.TryGetBlock(after, out CommittedBlock? newest))
            {
                _announcer.Announce(newest);
            }
        }
    }

    private IReadOnlyList<PeerLink> Helpers() =>
    [
        .. _links.All
            .Where(peer => peer.Reason == DisconnectReason.None
                && peer.Height > _chain.Head.Height
                && !_penalties.IsPunished(peer))
            .OrderByDescending(peer => peer.Height),
    ];
}
