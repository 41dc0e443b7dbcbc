namespace EnergyChain.Processes.Manifests;

/// <summary>Something that happens to some nodes at once.</summary>
public sealed record Perturbation(PerturbationKind Kind, IReadOnlyList<string> Nodes)
{
    public override string ToString() => $"{Kind} {string.Join(' ', Nodes)}";
}
