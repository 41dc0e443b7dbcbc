using EnergyChain.Node.Hosting;

namespace EnergyChain.Processes.Manifests;

/// <summary>A network and what happens to it.</summary>
public sealed record Manifest
{
    /// <summary>What it was generated from; null for one written by hand.</summary>
    public int? Seed { get; init; }

    /// <summary>Validators first, in council order.</summary>
    public required IReadOnlyList<NodePlan> Nodes { get; init; }

    /// <summary>In order; each is over before the next begins.</summary>
    public IReadOnlyList<Perturbation> Perturbations { get; init; } = [];

    /// <summary>Blocks that are made after the last perturbation.</summary>
    public ulong CalmBlocks { get; init; } = 5;

    /// <summary>Accounts that send transfers, each the next when the one before is final.</summary>
    public int Senders { get; init; } = 8;

    public IEnumerable<NodePlan> Validators => Nodes.Where(node => node.Role == NodeRole.Consensus);

    /// <summary>Members of a council of n that may be down: the largest f with 3f below n.</summary>
    public int Faults => (Validators.Count() - 1) / 3;

    /// <summary>Whether the chain goes on without these nodes.</summary>
    public bool HasQuorumWithout(IReadOnlyCollection<string> nodes)
    {
        int left = Validators.Count(validator => !nodes.Contains(validator.Name));
        return left * 3 > Validators.Count() * 2;
    }

    public override string ToString() => string.Join(
        Environment.NewLine,
        [
            Seed is { } seed ? $"manifest of seed {seed}" : "manifest",
            .. Nodes.Select(node => "  " + node),
            .. Perturbations.Select(perturbation => "  then " + perturbation),
        ]);
}
