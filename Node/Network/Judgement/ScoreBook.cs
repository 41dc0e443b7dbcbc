namespace EnergyChain.Node.Network.Judgement;

/// <summary>
/// Scores that fade: each loses <see cref="PeerOffences.DecayPerMinute"/> points a minute. Bounded: when full, the
/// lowest makes room. Thread-safe.
/// </summary>
internal sealed class ScoreBook<TKey>(int capacity, TimeProvider time)
    where TKey : notnull
{
    private const long Unit = 60_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, (long Units, long Stamp)> _scores = [];

    /// <summary>Adds points and gives the score after it.</summary>
    public int Add(TKey key, int points)
    {
        lock (_lock)
        {
            long now = time.GetTimestamp();
            long units = UnitsOf(key, now) + (points * Unit);
            if (!_scores.ContainsKey(key) && _scores.Count >= capacity)
            {
                _scores.Remove(_scores.MinBy(each => Faded(each.Value, now)).Key);
            }

            _scores[key] = (units, now);
            return (int)(units / Unit);
        }
    }

    public int Of(TKey key)
    {
        lock (_lock)
        {
            return (int)(UnitsOf(key, time.GetTimestamp()) / Unit);
        }
    }

    public void Clear(TKey key)
    {
        lock (_lock)
        {
            _scores.Remove(key);
        }
    }

    private long UnitsOf(TKey key, long now) =>
        _scores.TryGetValue(key, out (long Units, long Stamp) score) ? Faded(score, now) : 0;

    private long Faded((long Units, long Stamp) score, long now) => Math.Max(
        0, score.Units - ((long)time.GetElapsedTime(score.Stamp, now).TotalMilliseconds * PeerOffences.DecayPerMinute));
}
