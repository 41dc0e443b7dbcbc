using EnergyChain.Node.Network.Wire;

namespace EnergyChain.Node.Network.Links;

/// <summary>A bounded list of frames within an outgoing queue. Not thread-safe.</summary>
internal sealed class QueueLane(int maxFrames, long maxBytes, FullMode fullMode)
{
    private readonly Queue<(Frame Frame, long Bytes)> _frames = [];
    private long _bytes;

    public int Count => _frames.Count;

    /// <summary>Adds a frame; the number of frames that were dropped for it, itself included.</summary>
    public int Add(Frame frame, long bytes)
    {
        int dropped = 0;
        while (IsFullFor(bytes))
        {
            dropped++;
            if (fullMode == FullMode.DropNewest)
            {
                return dropped;
            }

            TryTake(out _);
        }

        _frames.Enqueue((frame, bytes));
        _bytes += bytes;
        return dropped;
    }

    public bool TryTake(out Frame? frame)
    {
        bool any = _frames.TryDequeue(out (Frame Frame, long Bytes) first);
        frame = first.Frame;
        _bytes -= first.Bytes;
        return any;
    }

    public void Clear()
    {
        _frames.Clear();
        _bytes = 0;
    }

    // An empty lane takes a frame of any size that the connection allows.
    private bool IsFullFor(long bytes) =>
        _frames.Count > 0 && (_frames.Count >= maxFrames || _bytes + bytes > maxBytes);
}
