namespace EnergyChain.Simulation.Time;

/// <summary>
/// Virtual time and what is to happen in it. Events of the same instant keep the order in which they were scheduled.
/// </summary>
internal sealed class Timeline
{
    private readonly PriorityQueue<Action, (long Due, long Order)> _events = new();
    private long _order;

    /// <summary>Ticks (100 ns) since the start of the run.</summary>
    public long Now { get; private set; }

    /// <summary>Events that happened.</summary>
    public long Count { get; private set; }

    public double NowMs => Now / (double)TimeSpan.TicksPerMillisecond;

    public static long TicksOf(double milliseconds) => (long)(milliseconds * TimeSpan.TicksPerMillisecond);

    public void After(double milliseconds, Action action) => At(Now + TicksOf(milliseconds), action);

    public void At(long due, Action action) => _events.Enqueue(action, (Math.Max(due, Now), _order++));

    /// <summary>
    /// Lets the next event happen; false where there is none up to the limit, and it is that late then.
    /// </summary>
    public bool TryStep(long limit)
    {
        if (!_events.TryPeek(out _, out (long Due, long Order) next) || next.Due > limit)
        {
            Now = Math.Max(Now, limit);
            return false;
        }

        Action action = _events.Dequeue();
        Now = next.Due;
        Count++;
        action();
        return true;
    }
}
