using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;

namespace EnergyChain.Node.Network.Gossip;

/// <summary>
/// How many new transactions a second a stranger may bring: half as many again as recent blocks took, so that what
/// comes in follows what the chain carries, and what honest users send does not stand behind a flood in every queue on
/// its way. Thread-safe.
/// </summary>
internal sealed class AdmissionRate : IChainObserver
{
    /// <summary>A second, whatever blocks took: where little is sent, the first of a burst is not held up.</summary>
    public const int Least = 500;

    private const int Blocks = 8;

    private readonly Queue<double> _recent = [];
    private BlockTime? _parent;
    private long _perSecond = Least;

    public long PerSecond => Volatile.Read(ref _perSecond);

    /// <inheritdoc/>
    public void OnCommitted(CommittedBlock block, IReadOnlyList<Receipt> receipts, ChainHead head)
    {
        BlockTime time = block.Block.Header.Time;
        if (_parent is { } parent && time.UnixMs > parent.UnixMs)
        {
            _recent.Enqueue(block.Block.Transactions.Count * 1_000.0 / (time.UnixMs - parent.UnixMs));
            if (_recent.Count > Blocks)
            {
                _recent.Dequeue();
            }

            Volatile.Write(ref _perSecond, Math.Max(Least, (long)(_recent.Max() * 1.5)));
        }

        _parent = time;
    }
}
