using System.Threading.Channels;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using Microsoft.Extensions.Options;

namespace EnergyChain.Node.Index;

/// <summary>
/// Keeps the history index level with the chain: one writer, one batch a block. Committing never waits for it; blocks
/// that its bounded channel had no room for are read from the chain. An index that disagrees with the chain or cannot
/// be read is built anew.
/// </summary>
public sealed class HistoryIndex : BackgroundService, IChainObserver
{
    /// <summary>Blocks that wait in memory before it falls back to reading them from the chain.</summary>
    public const int ChannelBlocks = 16;

    private readonly IChain _chain;
    private readonly string _path;
    private readonly ILogger<HistoryIndex> _logger;
    private readonly Channel<(CommittedBlock Block, IReadOnlyList<Receipt> Receipts)> _blocks;
    private readonly Hash32 _genesisHash;
    private volatile IndexDatabase? _database;
    private volatile bool _rebuilding;
    private ulong _indexedHeight;

    public HistoryIndex(IChain chain, IOptions<HistoryIndexOptions> options, ILogger<HistoryIndex> logger)
    {
        _chain = chain;
        _path = options.Value.Path;
        _logger = logger;
        _genesisHash = chain.Genesis.Hash;
        _blocks = Channel.CreateBounded<(CommittedBlock, IReadOnlyList<Receipt>)>(
            new BoundedChannelOptions(ChannelBlocks)
            {
                FullMode = BoundedChannelFullMode.DropWrite,
                SingleReader = true,
            });
    }

    /// <summary>The last height in the index.</summary>
    public Height IndexedHeight => new(Volatile.Read(ref _indexedHeight));

    /// <summary>True while it is built anew, when its answers would be gaps.</summary>
    public bool IsRebuilding => _rebuilding;

    /// <summary>The file for reading; null before it is open and after it failed for good.</summary>
    internal IndexDatabase? Database => _database;

    public void OnCommitted(CommittedBlock block, IReadOnlyList<Receipt> receipts, ChainHead head) =>
        _blocks.Writer.TryWrite((block, receipts));

    public override void Dispose()
    {
        _database?.Dispose();
        _database = null;
        base.Dispose();
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        _database?.Dispose();
        _database = null;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Opening and catching up are synchronous; the host's start does not wait for them.
        await Task.Yield();
        using IDisposable observing = _chain.Observe(this);
        Height? failedAt = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                Open();
                await FollowAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // It is no part of consensus: whatever is wrong with it, the node goes on.
                _database?.Dispose();
                _database = null;
                if (failedAt == IndexedHeight)
                {
                    IndexLog.GaveUp(_logger, IndexedHeight, exception);
                    return;
                }

                failedAt = IndexedHeight;
                IndexLog.Failed(_logger, exception);
                IndexDatabase.Delete(_path);
            }
        }
    }

    // A node that joined by a snapshot has no receipts of what came before it.
    private Height NextToIndex => IndexedHeight.Next < _chain.FirstReceipts ? _chain.FirstReceipts : IndexedHeight.Next;

    private void Open()
    {
        IndexDatabase database = IndexDatabase.Open(_path, _genesisHash);
        IndexHead? head = database.ReadHead();
        if (head is { } known && !IsInChain(known))
        {
            IndexLog.Disagrees(_logger, known.Height);
            database.Dispose();
            IndexDatabase.Delete(_path);
            database = IndexDatabase.Open(_path, _genesisHash);
            head = null;
        }

        _rebuilding = head is null && _chain.Head.Height > default(Height);
        Volatile.Write(ref _indexedHeight, head?.Height.Value ?? 0);
        _database = database;
        IndexLog.Starts(_logger, IndexedHeight);
    }

    private bool IsInChain(IndexHead head) =>
        _chain.TryGetBlock(head.Height, out CommittedBlock? block) && block.Block.Hash == head.Hash;

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        BlockIndexer indexer = new(_database!, _genesisHash);
        CatchUp(indexer, cancellationToken);
        _rebuilding = false;
        await foreach ((CommittedBlock block, IReadOnlyList<Receipt> receipts) in
            _blocks.Reader.ReadAllAsync(cancellationToken))
        {
            if (block.Block.Height == NextToIndex)
            {
                Add(indexer, block, receipts);
            }

            CatchUp(indexer, cancellationToken);
        }
    }

    private void CatchUp(BlockIndexer indexer, CancellationToken cancellationToken)
    {
        while (NextToIndex <= _chain.Head.Height && _blocks.Reader.Count == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            AddFromChain(indexer);
        }

        // What waits in the channel may start above the next height: then the gap comes from the chain.
        while (_blocks.Reader.TryPeek(out (CommittedBlock Block, IReadOnlyList<Receipt> Receipts) waiting)
            && NextToIndex < waiting.Block.Block.Height)
        {
            cancellationToken.ThrowIfCancellationRequested();
            AddFromChain(indexer);
        }
    }

    private void AddFromChain(BlockIndexer indexer)
    {
        Height next = NextToIndex;
        if (!_chain.TryGetBlock(next, out CommittedBlock? block)
            || !_chain.TryGetReceipts(next, out IReadOnlyList<Receipt>? receipts))
        {
            throw new InvalidOperationException($"The chain has no block or no receipts of height {next}.");
        }

        Add(indexer, block, receipts);
    }

    private void Add(BlockIndexer indexer, CommittedBlock block, IReadOnlyList<Receipt> receipts)
    {
        indexer.Index(block, receipts);
        Volatile.Write(ref _indexedHeight, block.Block.Height.Value);
    }
}
