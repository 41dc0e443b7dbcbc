namespace EnergyChain.Benchmarks.Load;

/// <summary>
/// How many transactions are due. At a set rate that is all there is to it: the clock decides, however the network
/// does. At the highest sustainable rate the network decides: the pool is kept fed with a bounded backlog of what the
/// chain commits, and what is added to it comes evenly, a little faster than it is committed. For one thread.
/// </summary>
internal sealed class LoadPace
{
    /// <summary>What waits for a block, in seconds of what the chain commits.</summary>
    public const double BacklogSeconds = 1.75;

    /// <summary>How much faster than it is committed it is added: the room to grow.</summary>
    public const double Eagerness = 1.3;

    private const double FirstShare = 0.1;
    private const double LeastShare = 0.05;
    private const int RateBlocks = 3;
    private const double BurstSeconds = 0.1;

    private readonly double? _rate;
    private readonly double _limit;
    private double _committedRate;
    private double _due;

    /// <param name="rate">Transactions each second; null for the highest sustainable.</param>
    /// <param name="limit">What the signatures allow at most, each second.</param>
    public LoadPace(double? rate, double limit)
    {
        _rate = rate;
        _limit = limit;
        _committedRate = limit * FirstShare;
    }

    /// <summary>Learns what the chain commits, from its last blocks, the oldest first.</summary>
    public void Observe(IReadOnlyList<TrailBlock> blocks)
    {
        TrailBlock[] last = [.. blocks.TakeLast(RateBlocks + 1)];
        if (last.Length < 2 || last.Sum(block => (long)block.Transactions) == 0)
        {
            return;
        }

        double seconds = (last[^1].TimeMs - last[0].TimeMs) / 1_000.0;
        double rate = last.Skip(1).Sum(block => (long)block.Transactions) / seconds;
        _committedRate = Math.Max(rate, _limit * LeastShare);
    }

    /// <summary>How many may be offered now.</summary>
    /// <param name="elapsedSeconds">Since the last question.</param>
    /// <param name="outstanding">Offered, not refused and in no block yet.</param>
    public int Due(double elapsedSeconds, long outstanding)
    {
        if (_rate is { } rate)
        {
            _due += rate * elapsedSeconds;
            return (int)_due;
        }

        double pace = _committedRate * Eagerness;
        _due = Math.Min(_due + (pace * elapsedSeconds), pace * BurstSeconds);
        double room = (_committedRate * BacklogSeconds) - outstanding;
        return (int)Math.Clamp(_due, 0, Math.Max(0, room));
    }

    /// <summary>So many of them were offered.</summary>
    public void Offered(int count) => _due -= count;
}
