using EnergyChain.Node.Hosting;

namespace EnergyChain.Processes.Manifests;

/// <summary>One node of a network.</summary>
public sealed record NodePlan
{
    public required string Name { get; init; }

    public required NodeRole Role { get; init; }

    /// <summary>Names of the nodes that it dials.</summary>
    public required IReadOnlyList<string> Peers { get; init; }

    /// <summary>The height of the chain at which it starts for the first time; 0: with the network.</summary>
    public ulong JoinsAt { get; init; }

    /// <summary>Whether it joins by a snapshot of the state where a peer has one, and not block by block.</summary>
    public bool BySnapshot { get; init; }

    /// <summary>Whether it keeps the history index.</summary>
    public bool HasIndex { get; init; }

    public override string ToString() =>
        $"{Name} -> {string.Join(' ', Peers)}"
        + (JoinsAt == 0 ? "" : $", joins at {JoinsAt}{(BySnapshot ? " by snapshot" : "")}");
}
