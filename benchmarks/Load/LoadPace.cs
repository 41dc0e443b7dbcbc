namespace EnergyChain.Benchmarks.Load;

/// <summary>
/// How many transactions are due. At a set rate that is all there is to it: the clock decides, however the network
/// does. At the highest sustainable rate the network decides, as a link's capacity decides for TCP: while blocks take
/// nearly all that waits, more is offered with each block, at first by large steps; where a backlog grows, as much as
/// the blocks took. The backlog is bounded in any case. For one thread.
/// </summary>
internal sealed class LoadPace
{
    /// <summary>The most that may wait for a block, in seconds of what the chain commits.</summary>
    public const double MostBacklogSeconds = 1.75;

    private const double FirstShare = 0.15;
    private const double LeastShare = 0.05;
    private const double FastGrowth = 1.3;
    private const double SlowGrowth = 1.05;
    private const double MostAhead = 1.5;
    private const double KeptUpSeconds = 1.3;
    private const double FellBehindSeconds = 1.6;
    private const int RateBlocks = 3;
    private const double BurstSeconds = 0.2;
    private const double MillisecondsOfSecond = 1_000;

    private readonly double? _rate;
    private readonly double _least;
    private double _committedRate;
    private double _pace;
    private double _due;
    private double _growth = FastGrowth;

    /// <param name="rate">Transactions each second; null for the highest sustainable.</param>
    /// <param name="limit">What the signatures allow at most, each second.</param>
    public LoadPace(double? rate, double limit)
    {
        _rate = rate;
        _least = limit * LeastShare;
        _pace = limit * FirstShare;
        _committedRate = _pace;
    }

    /// <summary>Whether the clock decides.</summary>
    public bool IsTimed => _rate is not null;

    /// <summary>What is offered each second.</summary>
    public double Pace => _rate ?? _pace;

    /// <summary>Learns from the last block.</summary>
    /// <param name="blocks">All so far, the oldest first.</param>
    /// <param name="outstanding">Offered, not refused and in no block yet.</param>
    public void Observe(IReadOnlyList<TrailBlock> blocks, long outstanding)
    {
        TrailBlock[] last = [.. blocks.TakeLast(RateBlocks + 1)];
        if (last.Length < 2 || last[^1].Transactions == 0)
        {
            return;
        }

        double seconds = (last[^1].TimeMs - last[0].TimeMs) / MillisecondsOfSecond;
        _committedRate = Math.Max(last.Skip(1).Sum(block => (long)block.Transactions) / seconds, _least);
        double waitsSeconds = outstanding / Math.Max(_committedRate, _pace);
        if (waitsSeconds < KeptUpSeconds)
        {
            _pace = Math.Max(_pace, Math.Min(_pace * _growth, _committedRate * MostAhead));
        }
        else if (waitsSeconds > FellBehindSeconds)
        {
            _pace = Math.Min(_pace, _committedRate);
            _growth = SlowGrowth;
        }
    }

    /// <summary>How many may be offered now.</summary>
    /// <param name="elapsedSeconds">Since the last question.</param>
    /// <param name="outstanding">Offered, not refused and in no block yet.</param>
    public int Due(double elapsedSeconds, long outstanding)
    {
        _due += Pace * elapsedSeconds;
        if (_rate is not null)
        {
            return (int)_due;
        }

        // Two of the least batches at any pace: with less, none would ever come due.
        _due = Math.Min(_due, Math.Max(_pace * BurstSeconds, 2 * LoadFeeder.MinBatch));
        double room = (Math.Max(_committedRate, _pace) * MostBacklogSeconds) - outstanding;
        return (int)Math.Clamp(_due, 0, Math.Max(0, room));
    }

    /// <summary>So many of them were offered.</summary>
    public void Offered(int count) => _due -= count;
}
