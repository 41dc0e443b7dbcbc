using System.Diagnostics.CodeAnalysis;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Network.Sync;

/// <summary>
/// The heights that are being fetched: slots in order, each asked for, checked or waiting for earlier ones, and the
/// requests for them. What no slot covers is what is still to be asked for. At most
/// <see cref="NetworkOptions.SyncRequests"/> slots are asked for at a time and twice as many are held.
/// </summary>
internal sealed class RangeWindow(SyncPeers peers, ISyncNetwork network, NetworkOptions options)
{
    private const int OverdueFactor = 4;
    private static readonly long LeastPatience = TimeSpan.FromMilliseconds(250).Ticks;

    private readonly SortedDictionary<ulong, RangeSlot> _slots = [];
    private readonly SortedDictionary<ulong, OpenRequest> _open = [];

    /// <summary>The id of the last request to anyone; 0 before the first.</summary>
    public ulong LastId { get; private set; }

    private long Patience => options.RangeTimeoutMs * TimeSpan.TicksPerMillisecond;

    public bool Holds(RangeSlot slot) => _slots.TryGetValue(slot.From, out RangeSlot? held) && held == slot;

    /// <summary>Ends a request of this peer; false where there is none under the id.</summary>
    public bool TryClose(ulong requestId, SyncPeer peer, [NotNullWhen(true)] out OpenRequest? request)
    {
        if (!_open.TryGetValue(requestId, out request) || request.Peer != peer)
        {
            request = null;
            return false;
        }

        Close(request);
        return true;
    }

    /// <summary>Whether blocks answer a request: from its height on, without gaps, no more than asked for.</summary>
    public bool Fits(OpenRequest request, IReadOnlyList<CommittedBlock> blocks)
    {
        bool fits = blocks.Count <= request.Count;
        for (int i = 0; fits && i < blocks.Count; i++)
        {
            fits = blocks[i].Block.Height.Value == request.From + (ulong)i;
        }

        return fits;
    }

    /// <summary>Puts an answer in its slot; false where the slot has one or is no longer wanted.</summary>
    public bool TryFill(OpenRequest request, IReadOnlyList<CommittedBlock> blocks)
    {
        RangeSlot slot = request.Slot;
        if (!Holds(slot) || slot.HasBlocks)
        {
            return false;
        }

        // What a short answer leaves out is covered by no slot then, and asked for again.
        (slot.Blocks, slot.Count, slot.Source) = (blocks, blocks.Count, request.Peer.Id);
        return true;
    }

    /// <summary>Lets go of a slot that nobody was asked for any more.</summary>
    public void DropIfIdle(RangeSlot slot)
    {
        if (!slot.HasBlocks && slot.Requests.Count == 0 && Holds(slot))
        {
            _slots.Remove(slot.From);
        }
    }

    /// <summary>Ends all requests to a peer without a word.</summary>
    public void Release(SyncPeer peer)
    {
        foreach (OpenRequest request in _open.Values.Where(each => each.Peer == peer).ToArray())
        {
            Close(request);
            peer.Settle(request.Id);
            DropIfIdle(request.Slot);
        }
    }

    /// <summary>Ends the requests that took too long and gives them.</summary>
    public OpenRequest[] TakeLost(long now)
    {
        OpenRequest[] lost = [.. _open.Values.Where(request => request.Lost <= now)];
        foreach (OpenRequest request in lost)
        {
            Close(request);
            request.Peer.Settle(request.Id);
        }

        return lost;
    }

    /// <summary>Whether a slot can be committed, or checked again, now.</summary>
    public bool HasReady(Height head) => _slots.Values.FirstOrDefault() is { } slot
        && (slot.End <= head.Value + 1 || IsReady(slot, head));

    /// <summary>The slot to commit next, without what the head has passed; false where none is there.</summary>
    public bool TryNext(Height head, [NotNullWhen(true)] out RangeSlot? slot)
    {
        slot = null;
        while (_slots.Values.FirstOrDefault() is { } passed && passed.End <= head.Value + 1)
        {
            _slots.Remove(passed.From);
        }

        if (_slots.Values.FirstOrDefault() is not { } first || !IsReady(first, head))
        {
            return false;
        }

        Advance(first, (int)(head.Value + 1 - first.From));
        slot = first;
        return true;
    }

    /// <summary>Takes so many blocks off the front of a slot; a slot without any goes.</summary>
    public void Advance(RangeSlot slot, int blocks)
    {
        if (blocks == 0)
        {
            return;
        }

        _slots.Remove(slot.From);
        slot.Blocks = [.. slot.Blocks.Skip(blocks)];
        slot.Verified = Math.Max(0, slot.Verified - blocks);
        slot.Count -= blocks;
        slot.From += (ulong)blocks;
        if (slot.HasBlocks)
        {
            _slots.Add(slot.From, slot);
        }
    }

    /// <summary>Leaves a slot only what was verified of it.</summary>
    public void Cut(RangeSlot slot)
    {
        slot.Blocks = [.. slot.Blocks.Take(slot.Verified)];
        slot.Count = slot.Verified;
        if (!slot.HasBlocks)
        {
            _slots.Remove(slot.From);
        }
    }

    /// <summary>Asks for what is missing, lowest first, and asks others for what is overdue.</summary>
    public void Ask(Height head, Height target, long now)
    {
        AskOthers(now);
        ulong from = head.Value + 1;
        while (_slots.Count < options.SyncRequests * 2 && Asked < options.SyncRequests
            && TryGap(ref from, target.Value, out ulong end)
            && peers.Best(from, now, []) is { } peer)
        {
            int count = (int)Math.Min(
                Math.Min(end, peer.Last.Value + 1) - from, (ulong)options.SyncRangeBlocks);
            RangeSlot slot = new(from, count);
            _slots.Add(from, slot);
            Ask(slot, peer, now);
            from = slot.End;
        }
    }

    /// <summary>When the next request is overdue or lost; null where none is under way.</summary>
    public long? NextDue(long now) =>
        // What is overdue while nothing is behind is asked of nobody else: only its end is waited for then.
        _open.Values.Select(request => (long?)(request.Overdue <= now ? request.Lost : request.Overdue)).Min();

    private int Asked => _slots.Values.Count(static slot => !slot.HasBlocks);

    private static bool IsReady(RangeSlot slot, Height head) =>
        slot.From <= head.Value + 1 && slot.HasBlocks && !slot.IsChecking;

    private void AskOthers(long now)
    {
        foreach (OpenRequest late in _open.Values.Where(each => !each.IsOverdue && each.Overdue <= now).ToArray())
        {
            late.IsOverdue = true;
            late.Peer.IsSlow = true;
            late.Peer.Took(now - late.Asked, late.Count);
        }

        foreach (RangeSlot slot in _slots.Values)
        {
            bool isLate = !slot.HasBlocks
                && slot.Requests.Count > 0
                && slot.Requests.TrueForAll(each => each.IsOverdue);
            if (isLate && peers.Best(slot.From, now, slot.Requests.Select(each => each.Peer.Id)) is { } other)
            {
                Ask(slot, other, now);
            }
        }
    }

    /// <summary>The first heights from one on that no slot covers, up to the target.</summary>
    private bool TryGap(ref ulong from, ulong target, out ulong end)
    {
        end = target + 1;
        foreach (RangeSlot slot in _slots.Values)
        {
            if (slot.From > from)
            {
                end = Math.Min(end, slot.From);
                break;
            }

            from = Math.Max(from, slot.End);
        }

        return from < end;
    }

    private void Ask(RangeSlot slot, SyncPeer peer, long now)
    {
        int count = (int)Math.Min((ulong)slot.Count, peer.Last.Value + 1 - slot.From);
        long typical = peers.TypicalTicksPerBlock(now) * count * OverdueFactor;
        long overdue = typical == 0 ? Patience / 2 : Math.Clamp(typical, Math.Min(LeastPatience, Patience), Patience);
        OpenRequest request = new(
            ++LastId, peer, slot, slot.From, count, now, now + overdue, now + Patience);
        _open.Add(request.Id, request);
        slot.Requests.Add(request);
        peer.Open++;
        network.Ask(peer.Id, new SyncRequest(request.Id, new Height(slot.From), count));
    }

    private void Close(OpenRequest request)
    {
        _open.Remove(request.Id);
        request.Slot.Requests.Remove(request);
        request.Peer.Open--;
    }
}
