using EnergyChain.Node.Network;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EnergyChain.Node.Api;

/// <summary>Serving means that answers are current: a node that is catching up is alive and not yet of use.</summary>
internal sealed class ApiHealthCheck(IServiceProvider services) : IHealthCheck
{
    private readonly IPeerDirectory? _peers = services.GetService<IPeerDirectory>();

    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_peers is { IsSyncing: true }
            ? HealthCheckResult.Unhealthy("The node is catching up with its peers.")
            : HealthCheckResult.Healthy());
}
