namespace EnergyChain.Node.Hosting;

/// <summary>
/// A node ends when who runs it says so. The host's own lifetime would listen to signals too: after a SIGTERM it was
/// then chance whether the node had been asked to stop (exit code 0) or seemed to stop by itself (1).
/// </summary>
internal sealed class CallersLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
