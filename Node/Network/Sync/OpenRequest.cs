namespace EnergyChain.Node.Network.Sync;

/// <summary>A request under way. Times are monotonic ticks.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Peer">Who was asked.</param>
/// <param name="Slot">What it is for.</param>
/// <param name="From">The first height that was asked for.</param>
/// <param name="Count">Blocks that were asked for.</param>
/// <param name="Asked">When.</param>
/// <param name="Overdue">From when on another peer is asked as well.</param>
/// <param name="Lost">When it is given up.</param>
internal sealed record OpenRequest(
    ulong Id, SyncPeer Peer, RangeSlot Slot, ulong From, int Count, long Asked, long Overdue, long Lost)
{
    /// <summary>Whether it was overdue and another peer was looked for.</summary>
    public bool IsOverdue { get; set; }
}
