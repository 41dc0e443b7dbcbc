using EnergyChain.Client;

namespace EnergyChain.Dashboard.Live;

/// <summary>A page's hold on a shared answer; disposing it gives it up.</summary>
public sealed class LiveAnswer<T> : IDisposable
{
    private readonly SharedAnswer _shared;
    private readonly IDisposable _watch;

    internal LiveAnswer(SharedAnswer shared, IDisposable watch)
    {
        _shared = shared;
        _watch = watch;
    }

    public string Key => _shared.Key;

    /// <summary>The last answer; default where there was none.</summary>
    public T? Value => _shared.State.Value is T value ? value : default;

    public bool HasValue => _shared.State.Value is T;

    /// <summary>Why the last asking gave no answer; null where it did. The answer before may still be there.</summary>
    public NodeClientException? Error => _shared.State.Error;

    /// <summary>When <see cref="Value"/> was given.</summary>
    public DateTimeOffset AsOf => _shared.State.AsOf;

    /// <summary>Neither answer nor error yet.</summary>
    public bool IsLoading => !HasValue && Error is null;

    /// <summary>Ends with the first answer or error.</summary>
    public Task First => _shared.First;

    public void Dispose() => _watch.Dispose();
}
