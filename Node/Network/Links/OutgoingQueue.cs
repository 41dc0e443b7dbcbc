using System.Threading.Channels;
using EnergyChain.Node.Network.Wire;

namespace EnergyChain.Node.Network.Links;

/// <summary>
/// Frames that wait to be sent on one connection, in two bounded lanes: urgent ones go first, so that no vote waits
/// behind a range of blocks. Many writers, one reader.
/// </summary>
internal sealed class OutgoingQueue(QueueLane urgent, QueueLane bulk)
{
    private readonly Lock _lock = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private Frame? _last;
    private bool _completed;
    private long _dropped;

    /// <summary>Frames dropped so far.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Answers that wait because the peer does not read them.</summary>
    public int BulkWaiting
    {
        get
        {
            lock (_lock)
            {
                return bulk.Count;
            }
        }
    }

    /// <summary>False where the frame was dropped.</summary>
    public bool TryAdd(Frame frame, bool isUrgent)
    {
        int bytes = frame.CalculateSize();
        QueueLane lane = isUrgent ? urgent : bulk;
        lock (_lock)
        {
            if (_completed)
            {
                return false;
            }

            int dropped = lane.Add(frame, bytes);
            if (dropped > 0)
            {
                Interlocked.Add(ref _dropped, dropped);
                if (ReferenceEquals(lane, bulk))
                {
                    return false;
                }
            }
        }

        _signal.Writer.TryWrite(true);
        return true;
    }

    /// <summary>Throws away what waits; <paramref name="last"/> is the last frame that is taken.</summary>
    public void Complete(Frame? last)
    {
        lock (_lock)
        {
            if (_completed)
            {
                return;
            }

            urgent.Clear();
            bulk.Clear();
            _last = last;
            _completed = true;
        }

        _signal.Writer.TryWrite(true);
    }

    /// <summary>The next frame; null after the last one.</summary>
    public async ValueTask<Frame?> TakeAsync()
    {
        while (true)
        {
            lock (_lock)
            {
                if (urgent.TryTake(out Frame? frame) || bulk.TryTake(out frame))
                {
                    return frame;
                }

                if (_completed)
                {
                    (frame, _last) = (_last, null);
                    return frame;
                }
            }

            await _signal.Reader.ReadAsync();
        }
    }
}
