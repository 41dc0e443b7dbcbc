using System.Threading.Channels;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Storage;
using Microsoft.Extensions.Options;

namespace EnergyChain.Node.Index;

/// <summary>
/// Keeps the history index level with the chain on a thread of its own. Committing never waits for it; blocks that its
/// bounded channel had no room for are read from the chain. What of it disagrees with the chain or cannot be read is
/// built anew. It is no part of consensus: whatever is wrong with it, the node goes on.
/// </summary>
public sealed class HistoryIndex : BackgroundService, IChainObserver
{
    /// <summary>Blocks that wait in memory before it falls back to reading them from the chain.</summary>
    public const int ChannelBlocks = 4;

    // From a start on its lists are not answered while it is further behind; later on its status tells how far it is.
    private const ulong TolerableLag = 100;
    private const ulong ProgressBlocks = 10_000;

    // A merge that failed, on a full disk say, has written much for nothing: it is not tried with every block.
    private const ulong BlocksUntilMergedAgain = 600;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly IChain _chain;
    private readonly HistoryIndexOptions _options;
    private readonly IndexTuning _tuning;
    private readonly ILogger<HistoryIndex> _logger;
    private readonly Channel<(CommittedBlock Block, IReadOnlyList<Receipt> Receipts)> _blocks;
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private volatile IndexStore? _store;
    private volatile bool _isRebuilding = true;
    private bool _wasLevel;
    private ulong _done;
    private ulong _mergeFrom;
    private Task _merging = Task.CompletedTask;

    public HistoryIndex(IChain chain, IOptions<HistoryIndexOptions> options, ILogger<HistoryIndex> logger)
        : this(chain, options.Value, new IndexTuning(), logger)
    {
    }

    internal HistoryIndex(
        IChain chain,
        HistoryIndexOptions options,
        IndexTuning tuning,
        ILogger<HistoryIndex> logger)
    {
        _chain = chain;
        _options = options;
        _tuning = tuning;
        _logger = logger;
        _blocks = Channel.CreateBounded<(CommittedBlock, IReadOnlyList<Receipt>)>(
            new BoundedChannelOptions(ChannelBlocks)
            {
                FullMode = BoundedChannelFullMode.DropWrite,
                SingleReader = true,
            });
    }

    /// <summary>The last height up to which nothing is missing; 0 while there is none.</summary>
    public Height IndexedHeight => new(Volatile.Read(ref _done));

    /// <summary>The first height in the index; 0 while it is empty.</summary>
    public Height FirstHeight => _store?.First ?? default;

    /// <summary>True while so much is missing that its answers would be gaps.</summary>
    public bool IsRebuilding => _isRebuilding || _store is { HasHole: true };

    /// <summary>The parts for reading; null before they are open and after the index failed for good.</summary>
    internal IndexStore? Store => _store;

    public void OnCommitted(CommittedBlock block, IReadOnlyList<Receipt> receipts, ChainHead head)
    {
        _blocks.Writer.TryWrite((block, receipts));
        Wake();
    }

    public override void Dispose()
    {
        _store?.Dispose();
        _store = null;
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Factory.StartNew(
        () => Run(stoppingToken),
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    private void Run(CancellationToken stopping)
    {
        using IDisposable observing = _chain.Observe(this);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                Follow(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                break;
            }
            catch (Exception failure)
            {
                _isRebuilding = true;
                _wasLevel = false;
                IndexLog.Failed(_logger, failure);
                Close();
                stopping.WaitHandle.WaitOne(Pause);
            }
        }

        Stop();
    }

    private void Follow(CancellationToken stopping)
    {
        IndexFolder.RemoveFormerFile(_options.Path, _logger);
        ChainIndexSource source = new(_chain);
        IndexStore store = IndexStore.Open(
            new PhysicalDisk(), _options.Path, _chain.Genesis.Hash, _tuning, _logger);
        IndexRebuild.Forget(new PhysicalDisk(), _options.Path);
        store.OnDamage = Wake;
        store.Trim(source);
        _store = store;
        IndexFiller filler = new(store, source, _tuning, KeepFrom(source));
        Note(filler);
        IndexLog.Starts(_logger, IndexedHeight, _chain.Head.Height, store.Files);
        while (true)
        {
            stopping.ThrowIfCancellationRequested();
            CatchUp(store, filler, stopping);
            StartMerge(store, stopping);
            Wait(stopping);
            TakeBlocks(store, filler);
        }
    }

    private void CatchUp(IndexStore store, IndexFiller filler, CancellationToken stopping)
    {
        while (filler.Missing() is { } gap)
        {
            IndexLog.Fills(_logger, gap.First, gap.Last);
            filler.Fill(gap, Progress, stopping);
        }

        filler.FillToEnd(
            () =>
            {
                Note(filler);
                Progress(IndexedHeight);
                return filler.Missing() is not null;
            },
            stopping);
        if (_options.KeepDays > 0)
        {
            RemoveExpired(store);
        }

        Note(filler);
    }

    // Blocks as they come; those that the channel dropped are read by the next round of catching up.
    private void TakeBlocks(IndexStore store, IndexFiller filler)
    {
        while (_blocks.Reader.TryRead(out (CommittedBlock Block, IReadOnlyList<Receipt> Receipts) next))
        {
            if (next.Block.Block.Height == filler.Next && filler.Missing() is null)
            {
                store.Add(BlockRows.Of(next.Block, next.Receipts));
                Note(filler);
            }
        }
    }

    private void Wake() => _wake.Writer.TryWrite(true);

    // For a block or for damage that somebody found.
    private void Wait(CancellationToken stopping)
    {
        _wake.Reader.WaitToReadAsync(stopping).AsTask().GetAwaiter().GetResult();
        _wake.Reader.TryRead(out _);
    }

    private void Note(IndexFiller filler)
    {
        _store?.Mended();
        Height next = filler.Missing() is { } gap ? gap.First : filler.Next;
        ulong done = next <= filler.Begin && _store?.Last is null ? 0 : next.Value - 1;
        Volatile.Write(ref _done, done);
        ulong head = _chain.Head.Height.Value;
        _wasLevel |= next.Value > head || (done > 0 && head - done <= TolerableLag);
        _isRebuilding = filler.Missing() is not null || !_wasLevel;
    }

    private void Progress(Height height)
    {
        if (height.Value % ProgressBlocks == 0)
        {
            IndexLog.Builds(_logger, height, _chain.Head.Height);
        }
    }

    private Height? KeepFrom(ChainIndexSource source)
    {
        if (_options.KeepDays == 0)
        {
            return null;
        }

        ulong oldest = ExpiryMs();
        return IndexFolder.FirstSince(source, oldest);
    }

    private void RemoveExpired(IndexStore store) => store.RemoveBefore(ExpiryMs());

    private ulong ExpiryMs()
    {
        ulong kept = (ulong)_options.KeepDays * 24 * 3_600_000;
        ulong now = _chain.Head.Time.UnixMs;
        return now > kept ? now - kept : 0;
    }

    private void StartMerge(IndexStore store, CancellationToken stopping)
    {
        if (!_merging.IsCompleted
            || _chain.Head.Height.Value < _mergeFrom
            || store.MergeCandidates() is not { Count: > 0 } parts)
        {
            return;
        }

        _merging = Task.Factory.StartNew(
            () =>
            {
                try
                {
                    store.Merge(parts, stopping);
                }
                catch (OperationCanceledException) when (stopping.IsCancellationRequested)
                {
                    // Whoever starts next merges them.
                }
                catch (Exception failure)
                {
                    _mergeFrom = _chain.Head.Height.Value + BlocksUntilMergedAgain;
                    IndexLog.NotMerged(_logger, failure);
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
    }

    private void Stop()
    {
        try
        {
            _store?.SealAtStop();
        }
        catch (Exception failure)
        {
            IndexLog.NotSealed(_logger, failure);
        }

        Close();
    }

    private void Close()
    {
        // A merge ends soon after the node is told to stop, and never by an exception.
        _merging.Wait();
        _store?.Dispose();
        _store = null;
    }
}
