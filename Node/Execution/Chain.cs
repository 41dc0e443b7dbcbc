using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using EnergyChain.Contracts.Views;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.Execution;
using EnergyChain.Node.Erasure;
using EnergyChain.Node.Storage;
using EnergyChain.Node.Storage.Lookup;
using EnergyChain.Node.Storage.Snapshots;
using EnergyChain.Node.Telemetry;
using EnergyChain.Vm.State;
using EnergyChain.Vm.Tracing;

namespace EnergyChain.Node.Execution;

/// <summary>
/// The chain of one node. A commit checks the block's links, makes it durable, executes it, publishes state and head
/// together and then tells the observers. Only the block log is synced with each block; receipts, lookup and
/// checkpoints follow from it.
/// </summary>
public sealed class Chain : IChain, IChainTracer, IChainProver, IDisposable
{
    private readonly Lock _commit = new();
    private readonly ChainStores _stores;
    private readonly ChainOptions _options;
    private readonly ILogger _logger;
    private readonly BlockProcessor _processor;
    private readonly LiveState _live;
    private readonly RecentHashes _hashes;
    private readonly CallRunner _calls;
    private readonly TraceRunner _traces;
    private readonly ChainProver _prover;
    private readonly MemoDestruction _destruction;
    private ImmutableArray<IChainObserver> _observers = [];
    private Task _checkpointing = Task.CompletedTask;
    private bool _storageFailed;

    // The last block and its receipts, which all who follow the head ask for.
    private volatile Latest? _latest;

    private Chain(Genesis genesis, ChainStores stores, ChainOptions options, ILogger logger)
    {
        Genesis = genesis;
        _stores = stores;
        _options = options;
        _logger = logger;
        _processor = new BlockProcessor(options.HashSeed);
        _live = new ChainStart(genesis, stores, options, Erasures, logger).Open(_processor, out _hashes);
        _calls = new CallRunner(_live, _hashes, options.HashSeed);
        _traces = new TraceRunner(_live, genesis, stores, options.HashSeed);
        _prover = new ChainProver(_live, stores, _hashes, options.HashSeed);
        _destruction = new MemoDestruction(stores, Erasures);
    }

    public Genesis Genesis { get; }

    public ChainHead Head => _live.Head;

    public ErasureBook Erasures { get; } = new();

    public Height FirstBlock => _stores.Blocks.First;

    public Height FirstReceipts =>
        _stores.Receipts.Last == Height.Genesis && FirstBlock > Height.Genesis.Next
            ? Head.Height.Next
            : _stores.Receipts.First;

    public IReadOnlyList<TermLink> EarlierTerms => _stores.EarlierTerms;

    /// <summary>The snapshots that this node serves; null where it serves none.</summary>
    internal ISnapshotSource? Snapshots => _stores.Snapshots;

    /// <summary>
    /// Opens the chain of a data directory and brings its state to the end of the block log. Throws
    /// <see cref="StorageException"/> where the directory cannot be used. The directory stays the caller's.
    /// </summary>
    public static Chain Open(Genesis genesis, DataDirectory directory, ChainOptions options, ILogger logger)
    {
        try
        {
            ChainStores stores = ChainStores.Open(directory, options, logger);
            try
            {
                return new Chain(genesis, stores, options, logger);
            }
            catch
            {
                stores.Dispose();
                throw;
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(
                $"The data directory {directory.Root} cannot be read or written: {failure.Message}", failure);
        }
    }

    public CommitOutcome Commit(CommittedBlock block)
    {
        lock (_commit)
        {
            if (_storageFailed)
            {
                return CommitOutcome.StorageFailed;
            }

            ChainHead head = Head;
            CommitOutcome outcome = BlockLinkage.Check(block, head, Genesis.ChainId);
            if (outcome != CommitOutcome.Committed)
            {
                return Report(outcome, block.Block, head);
            }

            try
            {
                Append(block);
                IReadOnlyList<Receipt> receipts = Execute(block);

                // What this very block erased is in the log for now, and nobody else is told of it.
                block = Erasures.Clean(block);
                Append(block.Block, receipts);
                _latest = new Latest(block, receipts);
                WarnOfSkipped(block.Block.Height, receipts);
                StartCheckpoint();
                Tell(block, receipts);
                return CommitOutcome.Committed;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                _storageFailed = true;
                ExecutionLog.NotStored(_logger, block.Block.Height, failure.Message);
                return CommitOutcome.StorageFailed;
            }
        }
    }

    public IReadOnlyList<Height> DamagedBlocks => _stores.Blocks.Damaged;

    public bool TryReplace(IReadOnlyList<CommittedBlock> blocks)
    {
        Dictionary<Height, Hash32> parents = blocks.ToDictionary(
            static block => block.Block.Height.Previous, static block => block.Block.Header.ParentHash);
        if (blocks.Any(block => !IsOurs(block, parents)))
        {
            return false;
        }

        try
        {
            int decided;
            do
            {
                decided = Erasures.Count;
                _stores.Blocks.Replace([.. blocks.Select(Erasures.Clean)]);
            }
            while (Erasures.Count != decided && blocks.Any(HoldsErasedMemo));

            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            ExecutionLog.NotReplaced(_logger, blocks[0].Block.Height, blocks[^1].Block.Height, failure.Message);
            return false;
        }
    }

    public bool TryGetBlock(Height height, [NotNullWhen(true)] out CommittedBlock? block)
    {
        block = null;
        if (_latest is { } latest && latest.Block.Block.Height == height)
        {
            block = Erasures.Clean(latest.Block);
            return true;
        }

        if (height > Head.Height || !_stores.Blocks.TryRead(height, out CommittedBlock? stored))
        {
            return false;
        }

        block = Erasures.Clean(stored);
        return true;
    }

    /// <summary>
    /// Destroys the memos of erased records in the block log. Any thread may call it; can be repeated, and finds
    /// nothing to do then. False where the disk failed, which is logged.
    /// </summary>
    /// <param name="erasures">Decisions of <see cref="Erasures"/>.</param>
    /// <param name="destroyed">Blocks that were written anew.</param>
    internal bool DestroyMemos(IReadOnlyList<RecordErasure> erasures, out IReadOnlyList<Height> destroyed) =>
        _destruction.Run(erasures, TryReplace, out destroyed);

    public bool TryGetHeight(Hash32 blockHash, out Height height)
    {
        bool found = _stores.Lookup.TryFind(blockHash, out LookupEntry entry)
            && entry.Index == LookupEntry.BlockItself
            && entry.Height <= Head.Height;
        height = found ? entry.Height : default;
        return found;
    }

    public bool TryGetReceipts(Height height, [NotNullWhen(true)] out IReadOnlyList<Receipt>? receipts)
    {
        if (_latest is { } latest && latest.Block.Block.Height == height)
        {
            receipts = latest.Receipts;
            return true;
        }

        receipts = null;
        return height <= Head.Height && _stores.Receipts.TryRead(height, out receipts);
    }

    public bool TryFindTransaction(Hash32 transactionId, out TransactionLocation location)
    {
        bool found = _stores.Lookup.TryFind(transactionId, out LookupEntry entry)
            && entry.Index != LookupEntry.BlockItself
            && entry.Height <= Head.Height;
        location = found ? new TransactionLocation(entry.Height, (int)entry.Index) : default;
        return found;
    }

    public T Read<T>(Func<IStateReader, ChainHead, T> read) => _live.Read(read);

    public CallOutcome Call(CallRequest request) => _calls.Run(request);

    public Height FirstTraceable => _live.First.Next;

    public TraceOutcome Trace(TransactionLocation location, ITracer tracer, CancellationToken cancellationToken)
    {
        TraceOutcome outcome = _traces.Run(location, tracer, cancellationToken);
        if (outcome == TraceOutcome.Differs)
        {
            ExecutionLog.TraceDiffers(_logger, location.Index, location.Height);
        }

        return outcome;
    }

    public CallOutcome TraceCall(CallRequest request, ITracer tracer) => _calls.Run(request, tracer);

    public ProofOutcome Prove(IReadOnlyList<ProofKeys> keys) => _prover.Prove(keys);

    public ProofOutcome ProveCall(CallRequest request) => _prover.ProveCall(request);

    public TransactionRefusal CheckTransaction(Transaction transaction) => CheckTransaction(transaction, out _);

    public TransactionRefusal CheckTransaction(Transaction transaction, out AccountView accounts)
    {
        // Only what is read needs the lock: what follows may hash a memo.
        (ChainHead head, accounts) = _live.Read(
            transaction, static (state, head, asked) => (head, AccountView.Of(state, asked)));
        return TransactionRules.Check(
            transaction,
            accounts.SenderNonce,
            accounts.SenderBalance,
            accounts.PayerBalance,
            head.Height.Next,
            head.Parameters);
    }

    public IDisposable Observe(IChainObserver observer)
    {
        ImmutableInterlocked.Update(ref _observers, static (list, added) => list.Add(added), observer);
        return new Observation(this, observer);
    }

    /// <summary>Waits for a checkpoint that is being written and closes the files.</summary>
    public void Dispose()
    {
        lock (_commit)
        {
            _checkpointing.Wait();
            _stores.Dispose();
            _live.Dispose();
        }
    }

    private void Append(CommittedBlock block)
    {
        using CpuTime.Span stage = CpuTime.Enter(CpuStage.Store);
        _stores.Blocks.Append(Erasures.Clean(block));
    }

    private IReadOnlyList<Receipt> Execute(CommittedBlock block)
    {
        using CpuTime.Span stage = CpuTime.Enter(CpuStage.Execute);
        return ChainStart.Execute(_processor, block, _live, _hashes, Erasures, _logger);
    }

    private void Append(Block block, IReadOnlyList<Receipt> receipts)
    {
        using CpuTime.Span stage = CpuTime.Enter(CpuStage.Store);
        _stores.Receipts.Append(block.Height, receipts);
        _stores.Lookup.Add(block);
    }

    // Whoever destroys memos passes a damaged block over: a decision while one is mended must not be missed.
    private bool HoldsErasedMemo(CommittedBlock block) => !ReferenceEquals(Erasures.Clean(block), block);

    /// <summary>
    /// Whether the chain has this header at this height, and the certificate is of it: the stored record says so, or
    /// where that is damaged, the block after it, stored or replaced with this one.
    /// </summary>
    private bool IsOurs(CommittedBlock block, Dictionary<Height, Hash32> parents)
    {
        Height height = block.Block.Height;
        ChainHead head = Head;
        if (height < FirstBlock || height > head.Height)
        {
            return false;
        }

        Hash32 known = height == head.Height ? head.Hash
            : _stores.Blocks.TryRead(height, out CommittedBlock? stored) ? stored.Block.Hash
            : _stores.Blocks.TryRead(height.Next, out CommittedBlock? next) ? next.Block.Header.ParentHash
            : parents.GetValueOrDefault(height);
        return known == block.Block.Hash && block.Certificate.BlockHash == known;
    }

    private CommitOutcome Report(CommitOutcome outcome, Block block, ChainHead head)
    {
        Hash32 known = _hashes.GetBlockHash(block.Height);
        if (outcome == CommitOutcome.AlreadyKnown && !known.IsZero && known != block.Hash)
        {
            ExecutionLog.Forked(_logger, block.Height, known, block.Hash);
            return CommitOutcome.Diverges;
        }

        if (outcome == CommitOutcome.Diverges)
        {
            ExecutionLog.Diverged(
                _logger,
                block.Height,
                block.Hash,
                block.Header.ParentStateRoot,
                head.StateRoot,
                block.Header.ParentReceiptsRoot,
                head.ReceiptsRoot);
        }

        return outcome;
    }

    private void WarnOfSkipped(Height height, IReadOnlyList<Receipt> receipts)
    {
        foreach (Receipt receipt in receipts.Where(SkippedReceipt.Is))
        {
            ExecutionLog.Skipped(_logger, receipt.TransactionId, height);
        }
    }

    /// <summary>
    /// Copies the state and writes it out beside the chain. The receipts are synced first: from the checkpoint on,
    /// nothing before it is executed again to restore them.
    /// </summary>
    private void StartCheckpoint()
    {
        ChainHead head = Head;
        if (head.Height.Value % _options.CheckpointBlocks != 0 || !_checkpointing.IsCompleted)
        {
            return;
        }

        _stores.Receipts.Sync();
        CheckpointHead saved = new(head.Height, head.Hash, head.StateRoot, head.ReceiptsRoot, head.GasUsed, head.Terms);
        Ledger.State.StateCopy copy = _live.State.Copy();
        _checkpointing = _options.Background(() =>
        {
            try
            {
                _stores.Checkpoints.Write(saved, copy);
                _stores.Snapshots?.Write(saved.Height, copy);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                StorageLog.CheckpointFailed(_logger, saved.Height.Value, failure.Message);
            }
        });
    }

    private void Tell(CommittedBlock block, IReadOnlyList<Receipt> receipts)
    {
        foreach (IChainObserver observer in _observers)
        {
            try
            {
                observer.OnCommitted(block, receipts, Head);
            }
            catch (Exception failure)
            {
                ExecutionLog.ObserverFailed(_logger, block.Block.Height, failure);
            }
        }
    }

    private sealed record Latest(CommittedBlock Block, IReadOnlyList<Receipt> Receipts);

    private sealed class Observation(Chain chain, IChainObserver observer) : IDisposable
    {
        public void Dispose() =>
            ImmutableInterlocked.Update(ref chain._observers, static (list, gone) => list.Remove(gone), observer);
    }
}
