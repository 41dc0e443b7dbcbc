namespace EnergyChain.Node.Api;

/// <summary>What the API tells of the node that the chain does not know.</summary>
public sealed class NodeApiOptions
{
    /// <summary>A name for people; empty for none.</summary>
    public string NodeName { get; set; } = "";

    /// <summary>"consensus" or "relay".</summary>
    public string Role { get; set; } = "relay";
}
