using EnergyChain.Core.Chain;
using EnergyChain.Node.Execution;

namespace EnergyChain.Node.Api;

/// <summary>
/// Wakes streams and waits at every new head. Nothing is queued for them: each reads the chain at its own pace from
/// the height it has reached, so a slow reader costs no memory.
/// </summary>
internal sealed class HeadSignal(IChain chain) : IChainObserver, IHostedService
{
    private TaskCompletionSource _next = NewSource();
    private IDisposable? _observing;

    /// <summary>Completes with the next block. Take it before looking at the chain and no block is missed.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void OnCommitted(CommittedBlock block, IReadOnlyList<Receipt> receipts, ChainHead head) =>
        Interlocked.Exchange(ref _next, NewSource()).TrySetResult();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _observing = chain.Observe(this);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _observing?.Dispose();
        return Task.CompletedTask;
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
