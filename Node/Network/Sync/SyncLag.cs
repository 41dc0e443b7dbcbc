using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Network.Sync;

/// <summary>Whether the node is behind: two blocks, or one for the time of grace.</summary>
internal sealed class SyncLag(NetworkOptions options)
{
    private Height _head;
    private long? _since;

    public bool IsBehind { get; private set; }

    /// <summary>Blocks that were missing when the node found itself behind; 0 while it is not.</summary>
    public ulong Size { get; private set; }

    /// <summary>When one missing block will have been missing for too long; null where none is waited for.</summary>
    public long? GraceEnds => IsBehind || _since is not { } since ? null : since + Grace;

    private long Grace => options.SyncGraceMs * TimeSpan.TicksPerMillisecond;

    public LagChange Look(Height head, Height target, long now)
    {
        if (target <= head)
        {
            bool wasBehind = IsBehind;
            (IsBehind, Size, _since) = (false, 0, null);
            return wasBehind ? LagChange.Ends : LagChange.None;
        }

        if (IsBehind)
        {
            Size = Math.Max(Size, target.Value - head.Value);
            return LagChange.None;
        }

        if (_since is null || _head != head)
        {
            (_head, _since) = (head, now);
        }

        if (target.Value < head.Value + 2 && now < _since + Grace)
        {
            return LagChange.None;
        }

        (IsBehind, Size) = (true, target.Value - head.Value);
        return LagChange.Begins;
    }
}
