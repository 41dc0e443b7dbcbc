using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;

namespace EnergyChain.Node.Network.Sync;

/// <summary>
/// Keeps the chain at the height of the peers, synchronously: inputs say what has come, <see cref="Pump"/> does what
/// follows. Ranges are asked of many peers at once, checked as they come and committed in order; memory is bounded by
/// the slots of <see cref="RangeWindow"/>. A peer that lies is asked for nothing more, one that does not deliver is
/// left alone for a while, and what a slow one owes is asked of another too. An announced block that is next is
/// committed at once. A node that is one block behind waits a moment before it asks: a validator is about to make
/// that block itself. For one thread; no clock but the given one, and no order that a run would not repeat.
/// </summary>
internal sealed class SyncDriver
{
    // Fewer missing blocks than this are fetched in a moment: the node's answers are current enough.
    private const ulong CatchingUpBlocks = 8;

    // Statuses of several threads of a peer may overtake each other by a block or two.
    private const ulong HeightSlip = 8;

    private const int MaxDoublings = 6;

    private const ulong MaxHeight = long.MaxValue;

    private readonly IChain _chain;
    private readonly ISyncNetwork _network;
    private readonly IRangeChecker _checker;
    private readonly Func<Transaction, bool> _isVerified;
    private readonly NetworkOptions _options;
    private readonly TimeProvider _time;
    private readonly SyncPeers _peers;
    private readonly RangeWindow _window;
    private readonly SyncLag _lag;
    private bool _hasNews;

    /// <param name="chain">Where blocks are committed.</param>
    /// <param name="network">What it asks of its surroundings.</param>
    /// <param name="checker">Where ranges are checked.</param>
    /// <param name="isVerified">Whether the node has verified a transaction's signatures already.</param>
    /// <param name="options">Limits and times.</param>
    /// <param name="time">The clock; only its monotonic part is used.</param>
    public SyncDriver(
        IChain chain,
        ISyncNetwork network,
        IRangeChecker checker,
        Func<Transaction, bool> isVerified,
        NetworkOptions options,
        TimeProvider time)
    {
        _chain = chain;
        _network = network;
        _checker = checker;
        _isVerified = isVerified;
        _options = options;
        _time = time;
        _peers = new SyncPeers(options);
        _window = new RangeWindow(_peers, network, options);
        _lag = new SyncLag(options);
    }

    /// <summary>False once the chain could not commit a certified block.</summary>
    public bool IsHealthy { get; private set; } = true;

    /// <summary>True while many blocks are fetched; a single late block is everyday and not meant.</summary>
    public bool IsCatchingUp => _lag.Size >= CatchingUpBlocks;

    private long Now => _time.GetElapsedTime(0).Ticks;

    /// <summary>A peer is there, or has said which heights it has.</summary>
    /// <param name="id">The peer.</param>
    /// <param name="first">The lowest height that it serves.</param>
    /// <param name="last">Its head.</param>
    public void PeerHolds(PeerId id, Height first, Height last)
    {
        // Nobody has such heights; what is added to them later must not overflow.
        (first, last) = (new Height(Math.Min(first.Value, MaxHeight)), new Height(Math.Min(last.Value, MaxHeight)));
        if (_peers.Find(id) is not { } peer)
        {
            _peers.Add(new SyncPeer(id, first, last, _window.LastId));
            return;
        }

        // CometBFT ASA-2025-001: a peer that lowers its height may not hold anyone's sync up, nor be believed again.
        bool lowered = last.Value + HeightSlip < peer.Last.Value;
        (peer.First, peer.Last) = (first, last);
        if (lowered && !peer.IsBarred)
        {
            Blame(peer, SyncFault.LoweredHeight, last);
        }
    }

    /// <summary>The link to a peer has ended; what it owes is asked of others.</summary>
    public void PeerGone(PeerId id)
    {
        if (_peers.Find(id) is { } peer)
        {
            _window.Release(peer);
            _peers.Remove(id);
        }
    }

    /// <summary>A peer's answer to a request.</summary>
    /// <param name="id">The peer.</param>
    /// <param name="requestId">The id of the request.</param>
    /// <param name="blocks">The blocks as they came; null where they could not be decoded.</param>
    public void Replied(PeerId id, ulong requestId, IReadOnlyList<CommittedBlock>? blocks)
    {
        if (_peers.Find(id) is not { IsBarred: false } peer)
        {
            return;
        }

        if (!_window.TryClose(requestId, peer, out OpenRequest? request))
        {
            if (requestId > peer.Asked && !peer.TakeSettled(requestId))
            {
                Blame(peer, SyncFault.Unsolicited, default);
            }

            return;
        }

        RangeSlot slot = request.Slot;
        if (blocks is null || !_window.Fits(request, blocks))
        {
            Blame(peer, SyncFault.WrongRange, new Height(request.From));
        }
        else if (blocks.Count == 0)
        {
            Punish(peer, SyncFault.Empty, new Height(request.From));
        }
        else
        {
            peer.Failures = 0;
            peer.IsSlow = request.IsOverdue;
            peer.Took(Now - request.Asked, blocks.Count);
            if (_window.TryFill(request, blocks))
            {
                Check(slot);
                return;
            }
        }

        _window.DropIfIdle(slot);
    }

    /// <summary>A peer has sent a new block unasked, as it should.</summary>
    public void Announced(PeerId id, CommittedBlock block)
    {
        ChainHead head = _chain.Head;
        if (!IsHealthy || _peers.Find(id) is not { IsBarred: false } peer || block.Block.Height != head.Height.Next)
        {
            return;
        }

        BlockVerdict verdict = BlockVerifier.Verify(
            block, head, _chain.Genesis.ChainId, _isVerified, _options.VerifyConcurrency, _options.Trusted);
        if (verdict == BlockVerdict.Valid)
        {
            if (Commit([block], _chain.Commit(block)))
            {
                _network.Announce(_chain.Erasures.Clean(block));
            }
        }
        else if (verdict != BlockVerdict.NotNext && _chain.Head.Height == head.Height)
        {
            // Had consensus moved the head while we looked, the block would prove nothing against the peer.
            Blame(peer, SyncFault.BadBlock, block.Block.Height, verdict);
        }
    }

    /// <summary>
    /// Does what is due: gives up on late requests, commits one range that is ready, asks for more.
    /// </summary>
    /// <returns>When it must be called again at the latest, zero for at once; null for not before an input.</returns>
    public TimeSpan? Pump()
    {
        if (!IsHealthy)
        {
            return null;
        }

        long now = Now;
        foreach (OpenRequest lost in _window.TakeLost(now))
        {
            Punish(lost.Peer, SyncFault.Timeout, new Height(lost.From));
            _window.DropIfIdle(lost.Slot);
        }

        CommitReady();
        Ask(now);
        if (!IsHealthy)
        {
            return null;
        }

        long? next = _window.HasReady(_chain.Head.Height) ? now : Next(now);
        return next is { } due ? TimeSpan.FromTicks(Math.Max(0, due - Now)) : null;
    }

    private void Check(RangeSlot slot)
    {
        slot.IsChecking = true;
        _checker.Start(
            new RangeCheck(
                slot, slot.Blocks, _chain.Genesis.ChainId, _chain.Head.Term, _isVerified, _options.Trusted),
            Checked);
    }

    private void Checked(RangeCheck check)
    {
        RangeSlot slot = check.Slot;
        slot.IsChecking = false;
        if (!_window.Holds(slot))
        {
            return;
        }

        slot.Verified = check.Sound;
        ChainHead head = _chain.Head;
        bool isNext = check.Sound == 0 && slot.From == head.Height.Value + 1;
        if (check.Verdict == BlockVerdict.OtherTerm && (!isNext || check.Term.Hash != head.Term.Hash))
        {
            // Of a term that we do not know yet: checked again when the head is there.
            return;
        }

        if (check.Verdict != BlockVerdict.Valid)
        {
            Refuse(slot, check.Verdict);
        }
    }

    /// <summary>Throws away what follows the sound blocks of a slot, and blames who sent it.</summary>
    private void Refuse(RangeSlot slot, BlockVerdict verdict)
    {
        Height height = new(slot.From + (ulong)slot.Verified);
        _window.Cut(slot);
        if (_peers.Find(slot.Source) is { IsBarred: false } peer)
        {
            Blame(peer, SyncFault.BadBlock, height, verdict);
        }
    }

    private void CommitReady()
    {
        ChainHead head = _chain.Head;
        if (!_window.TryNext(head.Height, out RangeSlot? slot))
        {
            return;
        }

        if (slot.Verified == 0)
        {
            Check(slot);
            return;
        }

        if (slot.Blocks[0].Block.Header.ParentHash != head.Hash || slot.Blocks[0].Block.Header.Time <= head.Time)
        {
            slot.Verified = 0;
            Refuse(slot, BlockVerdict.HeaderMismatch);
            return;
        }

        CommittedBlock[] sound = [.. slot.Blocks.Take(slot.Verified)];
        _window.Advance(slot, sound.Length);
        _hasNews |= Commit(sound, _chain.CommitRange(sound));
    }

    private bool Commit(CommittedBlock[] blocks, CommitOutcome outcome)
    {
        Height head = _chain.Head.Height;
        int committed = blocks.Count(block => block.Block.Height <= head);
        if (committed > 0)
        {
            _network.Advanced(committed);
        }

        // Not next: consensus was there first. Anything else is no fault of a peer, since the certificate holds.
        if (outcome is not (CommitOutcome.Committed or CommitOutcome.AlreadyKnown or CommitOutcome.NotNext))
        {
            IsHealthy = false;
            _network.Failed(head.Next, outcome);
        }

        return outcome == CommitOutcome.Committed;
    }

    private void Ask(long now)
    {
        Height head = _chain.Head.Height;
        Height target = _peers.Target(now);
        switch (_lag.Look(head, target, now))
        {
            case LagChange.Begins:
                _network.Progress(isBehind: true, head, target, _peers.CountAhead(head, now));
                break;
            case LagChange.Ends:
                _network.Progress(isBehind: false, head, target, 0);
                if (_hasNews && _chain.TryGetBlock(head, out CommittedBlock? newest))
                {
                    _network.Announce(newest);
                }

                _hasNews = false;
                break;
            default:
                break;
        }

        if (_lag.IsBehind)
        {
            _window.Ask(head, target, now);
        }
    }

    private long? Next(long now)
    {
        long? next = _window.NextDue(now);
        foreach (long? due in (long?[])[_lag.GraceEnds, _peers.NextPardon(now)])
        {
            next = due is null || next < due ? next : due;
        }

        return next;
    }

    private void Blame(SyncPeer peer, SyncFault fault, Height height, BlockVerdict verdict = BlockVerdict.Valid)
    {
        peer.IsBarred = true;
        _window.Release(peer);
        _network.Blame(peer.Id, fault, height, verdict);
    }

    private void Punish(SyncPeer peer, SyncFault fault, Height height)
    {
        long ticks = _options.SyncPenaltyMs * TimeSpan.TicksPerMillisecond;
        peer.PunishedUntil = Now + (ticks << Math.Min(peer.Failures, MaxDoublings));
        peer.Failures++;
        _network.Blame(peer.Id, fault, height, BlockVerdict.Valid);
    }
}
