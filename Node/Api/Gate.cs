namespace EnergyChain.Node.Api;

/// <summary>
/// Lets so many computations of a kind run at once, so many more wait a while, and sends all others away. Thread-safe.
/// </summary>
/// <param name="places">How many run at once.</param>
/// <param name="what">Their kind in words, plural.</param>
/// <param name="maxWaiting">How many wait at once.</param>
/// <param name="maxWaitMs">How long one waits for its turn, in milliseconds.</param>
internal class Gate(int places, string what, int maxWaiting, int maxWaitMs = ApiLimits.MaxCallWaitMs) : IDisposable
{
    private readonly SemaphoreSlim _free = new(places);
    private int _inside;

    /// <summary>
    /// Runs it when it is its turn; RESOURCE_EXHAUSTED where that does not come in time, or too many wait already.
    /// </summary>
    public async Task<T> RunAsync<T>(Func<T> compute, CancellationToken cancellationToken)
    {
        try
        {
            if (Interlocked.Increment(ref _inside) > places + maxWaiting
                || !await _free.WaitAsync(maxWaitMs, cancellationToken))
            {
                throw ApiError.TooMuch($"This node runs {places} {what} at once, and all are taken; ask again later.");
            }

            try
            {
                cancellationToken.ThrowIfCancellationRequested();
                return compute();
            }
            finally
            {
                _free.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _inside);
        }
    }

    public void Dispose() => _free.Dispose();
}
