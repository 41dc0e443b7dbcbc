namespace EnergyChain.Dashboard.Live;

/// <summary>
/// Lets few readings of the node's history run at once, for pages and downloads together: each is up to hundreds of
/// calls, behind which the questions of now would wait. Who waits is let in by age. Thread-safe.
/// </summary>
public sealed class HistoryGate
{
    /// <summary>Readings at once.</summary>
    public const int MaxAtOnce = 4;

    private readonly SemaphoreSlim _free = new(MaxAtOnce);

    /// <summary>Readings that could begin now.</summary>
    public int Free => _free.CurrentCount;

    /// <summary>Waits for its turn and reads.</summary>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            return await read(cancellationToken);
        }
        finally
        {
            _free.Release();
        }
    }
}
