namespace EnergyChain.Node.Api;

/// <summary>
/// Lets few read-only calls run at once, so that callers cannot take every core from the node. Thread-safe.
/// </summary>
internal sealed class CallGate : IDisposable
{
    private readonly SemaphoreSlim _free = new(ApiLimits.MaxConcurrentCalls);

    /// <summary>Runs the call when it is its turn; RESOURCE_EXHAUSTED where that does not come in time.</summary>
    public async Task<T> RunAsync<T>(Func<T> call, CancellationToken cancellationToken)
    {
        if (!await _free.WaitAsync(ApiLimits.MaxCallWaitMs, cancellationToken))
        {
            throw ApiError.TooMuch(
                $"This node runs {ApiLimits.MaxConcurrentCalls} calls at once, and all are taken; ask again later.");
        }

        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            return call();
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose() => _free.Dispose();
}
