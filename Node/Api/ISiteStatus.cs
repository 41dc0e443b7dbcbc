namespace EnergyChain.Node.Api;

/// <summary>
/// The sites whose agents run in this node, as the API shows them. The agents implement it; a node without any does
/// not register one. Thread-safe; never blocks.
/// </summary>
public interface ISiteStatus
{
    /// <summary>The latest snapshot of every site, ascending by site number.</summary>
    IReadOnlyList<SiteSnapshot> Sites { get; }
}
