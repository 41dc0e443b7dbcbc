using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Network.Sync;

/// <summary>
/// What the driver knows of a peer while its link lasts: a peer that comes back starts anew. Times are monotonic
/// ticks of 100 ns.
/// </summary>
internal sealed class SyncPeer(PeerId id, Height first, Height last, ulong asked)
{
    // Late answers to requests that are settled otherwise are no fault; older ones than these are.
    private const int MaxSettled = 32;

    private readonly Queue<ulong> _settled = new();

    public PeerId Id { get; } = id;

    /// <summary>The lowest height that it serves.</summary>
    public Height First { get; set; } = first;

    /// <summary>Its head, as it last said.</summary>
    public Height Last { get; set; } = last;

    /// <summary>The last request to anyone before its link came up; answers up to it are of a link before.</summary>
    public ulong Asked { get; } = asked;

    /// <summary>Requests under way to it.</summary>
    public int Open { get; set; }

    /// <summary>A lie was seen: it is asked for nothing more.</summary>
    public bool IsBarred { get; set; }

    /// <summary>Until when it is asked for nothing, for what it did not do.</summary>
    public long PunishedUntil { get; set; }

    /// <summary>Requests in a row that it did not fulfil; each doubles the next punishment.</summary>
    public int Failures { get; set; }

    /// <summary>Its last request took too long and went to another: one request at a time until it answers.</summary>
    public bool IsSlow { get; set; }

    /// <summary>Time per block of its answers, smoothed; 0 until the first, so that everyone is tried.</summary>
    public long TicksPerBlock { get; private set; }

    public bool Serves(ulong height) => height >= First.Value && height <= Last.Value;

    /// <summary>Learns from an answer, or from one that is overdue.</summary>
    public void Took(long ticks, int blocks)
    {
        long perBlock = Math.Max(1, ticks / Math.Max(1, blocks));
        TicksPerBlock = TicksPerBlock == 0 ? perBlock : ((TicksPerBlock * 3) + perBlock) / 4;
    }

    public void Settle(ulong requestId)
    {
        _settled.Enqueue(requestId);
        if (_settled.Count > MaxSettled)
        {
            _settled.Dequeue();
        }
    }

    /// <summary>Whether this was asked of it and is settled; true once for each.</summary>
    public bool TakeSettled(ulong requestId)
    {
        if (!_settled.Contains(requestId))
        {
            return false;
        }

        int count = _settled.Count;
        for (int i = 0; i < count; i++)
        {
            ulong id = _settled.Dequeue();
            if (id != requestId)
            {
                _settled.Enqueue(id);
            }
        }

        return true;
    }
}
