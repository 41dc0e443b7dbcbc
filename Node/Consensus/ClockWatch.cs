using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Consensus;

/// <summary>
/// How far this machine's clock is from those of the other members, told by the times that they put into blocks which
/// the council decided: the median over members, so that up to f of them cannot move it out of what the honest ones
/// say. A proposer whose clock is far ahead stamps its blocks by the others' clocks, or nobody would vote for them in
/// time. What a validator accepts goes by its own clock alone. Not thread-safe.
/// </summary>
internal sealed class ClockWatch(TimeProvider time)
{
    /// <summary>Further behind, this node waits before it votes for the others' blocks.</summary>
    public const long BehindToleranceMs = (long)Limits.MaxClockAheadMs;

    /// <summary>
    /// Further ahead, the others would wait before they vote for this node's blocks. The way of a proposal, up to a
    /// second, looks the same as a clock that is ahead by it.
    /// </summary>
    public const long AheadToleranceMs = (long)Limits.MaxClockAheadMs + 1_000;

    // On the monotonic clock, so that a step of the wall clock is seen at once and spoils no sample.
    private readonly Dictionary<Hash32, long> _receivedMs = [];
    private readonly Dictionary<Address, long> _samplesMs = [];
    private Council? _council;

    /// <summary>How far the others are ahead (positive) or behind; null where too few were heard.</summary>
    public long? OffsetMs
    {
        get
        {
            int faulty = ((_council?.Count ?? 0) - 1) / 3;
            long[] samples = [.. _samplesMs.Values.Order()];
            return samples.Length < (2 * faulty) + 1
                ? null
                : samples[samples.Length / 2] + MonotonicMs - time.GetUtcNow().ToUnixTimeMilliseconds();
        }
    }

    public bool IsOff => OffsetMs is < -AheadToleranceMs or > BehindToleranceMs;

    /// <summary>
    /// The time to stamp blocks with and to wait by: our clock's, or the others' where ours is ahead.
    /// </summary>
    public ulong NowMs
    {
        get
        {
            long own = time.GetUtcNow().ToUnixTimeMilliseconds();
            return (ulong)Math.Max(0, OffsetMs is { } offset and < -AheadToleranceMs ? own + offset : own);
        }
    }

    private long MonotonicMs => (long)time.GetElapsedTime(0).TotalMilliseconds;

    public void StartHeight(Council council)
    {
        _receivedMs.Clear();
        if (!ReferenceEquals(council, _council))
        {
            _council = council;
            foreach (Address gone in _samplesMs.Keys.Where(member => council.IndexOf(member) < 0).ToArray())
            {
                _samplesMs.Remove(gone);
            }
        }
    }

    /// <summary>A proposal came that the machine keeps, two for each round at most.</summary>
    public void Received(Proposal proposal)
    {
        if (proposal.ValidRound is null)
        {
            _receivedMs.TryAdd(proposal.BlockHash, MonotonicMs);
        }
    }

    /// <summary>The block is decided: a quorum took its time for sane.</summary>
    public void Committed(BlockHeader header)
    {
        if (_receivedMs.TryGetValue(header.Hash, out long receivedMs))
        {
            _samplesMs[header.Proposer] = (long)header.Time.UnixMs - receivedMs;
        }
    }
}
