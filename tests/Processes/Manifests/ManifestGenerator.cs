using EnergyChain.Node.Hosting;

namespace EnergyChain.Processes.Manifests;

/// <summary>Draws manifests: the same seed gives the same manifest on every machine.</summary>
public static class ManifestGenerator
{
    private const int MaxRelays = 3;
    private const int MaxPerturbations = 4;
    private const ulong LatestJoin = 12;

    private static readonly int[] CouncilSizes = [1, 4, 7];

    public static Manifest Of(int seed)
    {
        Random random = new(seed);
        int validators = CouncilSizes[random.Next(CouncilSizes.Length)];
        List<NodePlan> nodes = [.. Validators(validators)];
        int late = random.Next(2) == 0 ? 0 : (validators - 1) / 3;
        for (int index = validators - late; index < validators; index++)
        {
            nodes[index] = nodes[index] with { JoinsAt = JoinHeight(random), BySnapshot = random.Next(2) == 0 };
        }

        int relays = random.Next(MaxRelays + 1);
        for (int number = 1; number <= relays; number++)
        {
            nodes.Add(Relay(number, nodes, random));
        }

        Manifest manifest = new() { Seed = seed, Nodes = nodes };
        int perturbations = 1 + random.Next(MaxPerturbations);
        return manifest with
        {
            Perturbations = [.. Enumerable.Range(0, perturbations).Select(_ => Draw(manifest, random))],
        };
    }

    /// <summary>A full mesh of validators.</summary>
    public static IEnumerable<NodePlan> Validators(int count)
    {
        string[] names = [.. Enumerable.Range(1, count).Select(number => $"validator-{number}")];
        return names.Select(name => new NodePlan
        {
            Name = name,
            Role = NodeRole.Consensus,
            Peers = [.. names.Where(other => other != name)],
        });
    }

    // Half of those that come after another relay are linked to relays only.
    private static NodePlan Relay(int number, List<NodePlan> nodes, Random random)
    {
        string[] relays = [.. nodes.Where(node => node.Role == NodeRole.Relay).Select(node => node.Name)];
        string[] validators = [.. nodes.Where(node => node.Role == NodeRole.Consensus).Select(node => node.Name)];
        string[] from = relays.Length > 0 && random.Next(2) == 0 ? relays : validators;
        random.Shuffle(from);
        return new NodePlan
        {
            Name = $"relay-{number}",
            Role = NodeRole.Relay,
            Peers = [.. from.Take(2)],
            JoinsAt = random.Next(2) == 0 ? 0 : JoinHeight(random),
            BySnapshot = random.Next(2) == 0,
        };
    }

    // Mostly no more than the chain can bear, and now and then so many that it stops until they are back.
    private static Perturbation Draw(Manifest manifest, Random random)
    {
        PerturbationKind kind = Enum.GetValues<PerturbationKind>()[random.Next(4)];
        string[] names = [.. manifest.Nodes.Select(node => node.Name)];
        random.Shuffle(names);
        bool beyond = random.Next(3) == 0;
        int count = beyond ? 1 + random.Next(names.Length) : 1;
        return new Perturbation(kind, [.. names.Take(count).Order(StringComparer.Ordinal)]);
    }

    private static ulong JoinHeight(Random random) => 4 + (ulong)random.Next((int)LatestJoin - 3);
}
