namespace EnergyChain.Node.Site;

/// <summary>
/// Gives a site agent its plan. A node on a real chain has one from the start; in a devnet the first slot is known only
/// when all nodes are up.
/// </summary>
public sealed class SitePlanSource
{
    private readonly TaskCompletionSource<SitePlan> _plan = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>True where somebody outside the node hands in the plan.</summary>
    public bool IsExternal { get; init; }

    /// <summary>Completes with the plan.</summary>
    public Task<SitePlan> Plan => _plan.Task;

    /// <summary>Hands in the plan; a second one is ignored.</summary>
    public void Set(SitePlan plan) => _plan.TrySetResult(plan);
}
