namespace EnergyChain.Node.Api;

/// <summary>Counts streams and waits under way, so that callers cannot pile them up. Thread-safe.</summary>
internal sealed class Subscriptions
{
    private int _count;

    /// <summary>Takes a place until disposed; RESOURCE_EXHAUSTED where all are taken.</summary>
    public IDisposable Enter()
    {
        if (Interlocked.Increment(ref _count) > ApiLimits.MaxSubscriptions)
        {
            Interlocked.Decrement(ref _count);
            throw ApiError.TooMuch(
                $"This node serves {ApiLimits.MaxSubscriptions} streams and waits at once, and all are taken.");
        }

        return new Place(this);
    }

    private sealed class Place(Subscriptions owner) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                Interlocked.Decrement(ref owner._count);
            }
        }
    }
}
