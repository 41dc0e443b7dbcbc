using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Verification;

/// <summary>
/// Reads, decodes and verifies blocks ahead of the one thread that takes them in order and executes them. Every core
/// verifies signatures of the oldest block that has some left, so that blocks come out in order at the rate of all
/// cores; what is ahead is bounded in bytes and blocks, and nothing is done twice.
/// </summary>
internal sealed class BlockPipeline : IDisposable
{
    // Waits and pulses need a monitor, which the Lock type is not.
    private readonly object _gate = new();
    private readonly Queue<PipelineItem> _items = new();
    private readonly IBlockSource _source;
    private readonly ChainId _chainId;
    private readonly KnownTerms _terms;
    private readonly PipelineOptions _options;
    private readonly Thread[] _workers;
    private long _bytesAhead;
    private bool _isReading;
    private bool _hasEnded;
    private bool _isStopped;
    private ExceptionDispatchInfo? _unreadable;
    private Exception? _failure;

    public BlockPipeline(IBlockSource source, ChainId chainId, KnownTerms terms, PipelineOptions options)
    {
        _source = source;
        _chainId = chainId;
        _terms = terms;
        _options = options;
        _workers = new Thread[options.Workers];
        for (int i = 0; i < _workers.Length; i++)
        {
            _workers[i] = new Thread(Work) { IsBackground = true, Name = "block pipeline" };
            _workers[i].Start();
        }
    }

    /// <summary>
    /// Waits for the next block. False at the end. Where reading threw, the blocks before come first, and then that is
    /// thrown. Throws when cancelled.
    /// </summary>
    public bool TryTake([NotNullWhen(true)] out CheckedBlock? block, CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration waking = cancellationToken.Register(Wake);
        lock (_gate)
        {
            while (!IsFirstDone() && !cancellationToken.IsCancellationRequested)
            {
                if (_failure is { } failure)
                {
                    throw new InvalidOperationException("Blocks could not be verified.", failure);
                }

                if (_hasEnded && _items.Count == 0)
                {
                    _unreadable?.Throw();
                    block = null;
                    return false;
                }

                Monitor.Wait(_gate);
            }

            cancellationToken.ThrowIfCancellationRequested();
            PipelineItem item = _items.Dequeue();
            _bytesAhead -= item.Bytes;
            Monitor.PulseAll(_gate);
            block = item.Result();
            return true;
        }
    }

    /// <summary>Ends the workers, after the portion that each is at.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isStopped = true;
            Monitor.PulseAll(_gate);
        }

        foreach (Thread worker in _workers)
        {
            worker.Join();
        }
    }

    private bool IsFirstDone() => _items.TryPeek(out PipelineItem? first) && first.Unfinished == 0;

    private void Wake()
    {
        lock (_gate)
        {
            Monitor.PulseAll(_gate);
        }
    }

    private void Work()
    {
        try
        {
            while (TryFindWork(out PipelineItem? item, out int portion))
            {
                if (item is null)
                {
                    Read();
                }
                else
                {
                    item.Verify(portion);
                    Finish(item, portions: 0);
                }
            }
        }
        catch (Exception failure)
        {
            lock (_gate)
            {
                _failure ??= failure;
                _isStopped = true;
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>
    /// False at the end. A portion of the oldest block, or no item where the next block is to be read.
    /// </summary>
    private bool TryFindWork(out PipelineItem? item, out int portion)
    {
        lock (_gate)
        {
            while (!_isStopped)
            {
                if (TryTakePortion(out item, out portion))
                {
                    return true;
                }

                if (MayRead())
                {
                    _isReading = true;
                    return true;
                }

                if (_hasEnded && _items.All(static each => each.Unfinished == 0))
                {
                    break;
                }

                Monitor.Wait(_gate);
            }
        }

        (item, portion) = (null, 0);
        return false;
    }

    private bool TryTakePortion([NotNullWhen(true)] out PipelineItem? item, out int portion)
    {
        foreach (PipelineItem each in _items)
        {
            if (each.Untaken > 0)
            {
                each.Untaken--;
                (item, portion) = (each, each.Untaken);
                return true;
            }
        }

        (item, portion) = (null, 0);
        return false;
    }

    private bool MayRead() => !_isReading
        && !_hasEnded
        && _items.Count < _options.MaxBlocksAhead
        && (_items.Count == 0 || _bytesAhead < _options.MaxBytesAhead);

    private void Read()
    {
        PipelineItem? item = null;
        ExceptionDispatchInfo? unreadable = null;
        try
        {
            item = _source.Next() is { } raw ? new PipelineItem(raw) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or StorageException)
        {
            unreadable = ExceptionDispatchInfo.Capture(failure);
        }

        lock (_gate)
        {
            _unreadable = unreadable;
            _isReading = false;
            _hasEnded = item is null;
            if (item is not null)
            {
                _items.Enqueue(item);
                _bytesAhead += item.Bytes;
            }

            Monitor.PulseAll(_gate);
        }

        if (item is not null)
        {
            Finish(item, item.Decode(_terms, _chainId, _options.VerifiesSignatures));
        }
    }

    private void Finish(PipelineItem item, int portions)
    {
        lock (_gate)
        {
            item.Untaken += portions;
            item.Unfinished += portions - 1;
            if (portions > 0 || item.Unfinished == 0)
            {
                Monitor.PulseAll(_gate);
            }
        }
    }
}
