namespace EnergyChain.Node.Api;

/// <summary>Lets so many computations of a kind run at once, and more wait a while. Thread-safe.</summary>
/// <param name="places">How many at once.</param>
/// <param name="what">Their kind in words, plural.</param>
/// <param name="maxWaitMs">How long one waits for its turn, in milliseconds.</param>
internal class Gate(int places, string what, int maxWaitMs = ApiLimits.MaxCallWaitMs) : IDisposable
{
    private readonly SemaphoreSlim _free = new(places);

    /// <summary>Runs it when it is its turn; RESOURCE_EXHAUSTED where that does not come in time.</summary>
    public async Task<T> RunAsync<T>(Func<T> compute, CancellationToken cancellationToken)
    {
        if (!await _free.WaitAsync(maxWaitMs, cancellationToken))
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

    public void Dispose() => _free.Dispose();
}
