using EnergyChain.Processes.Links;
using EnergyChain.Processes.Manifests;
using EnergyChain.Processes.Nodes;

namespace EnergyChain.Processes;

/// <summary>Does to a network what its manifest says, and waits until it has recovered.</summary>
internal sealed class Perturber(ProcessNetwork network, NetworkChecks checks)
{
    // Blocks that the others make meanwhile, where they can, and that all make afterwards.
    private const ulong Blocks = 3;

    /// <summary>Throws <see cref="TimeoutException"/> where the network does not recover.</summary>
    public async Task ApplyAsync(Perturbation perturbation)
    {
        LabNode[] nodes = [.. perturbation.Nodes.Select(name => network[name]).Where(node => node.IsUp)];
        LabNode[] others = [.. network.Nodes.Except(nodes).Where(node => node.IsUp)];
        switch (perturbation.Kind)
        {
            case PerturbationKind.Kill:
                await Task.WhenAll(nodes.Select(node => node.KillAsync()));
                Start(nodes);
                break;
            case PerturbationKind.Restart:
                await Task.WhenAll(nodes.Select(RestartAsync));
                break;
            case PerturbationKind.Pause:
                await PauseAsync(nodes, others);
                break;
            default:
                await DisconnectAsync(nodes, others);
                break;
        }

        await network.ReachAsync([.. nodes, .. others], network.Height + Blocks);
    }

    private static void Start(IEnumerable<LabNode> nodes)
    {
        foreach (LabNode node in nodes)
        {
            node.Start();
        }
    }

    private async Task RestartAsync(LabNode node)
    {
        checks.Ended(node, await node.TerminateAsync());
        node.Start();
    }

    private async Task PauseAsync(LabNode[] nodes, LabNode[] others)
    {
        foreach (LabNode node in nodes)
        {
            node.Pause();
        }

        await MeanwhileAsync(nodes, others);
        foreach (LabNode node in nodes)
        {
            node.Resume();
        }
    }

    private async Task DisconnectAsync(LabNode[] nodes, LabNode[] others)
    {
        string[] side = [.. nodes.Select(node => node.Name)];
        string[] rest = [.. network.Nodes.Select(node => node.Name).Except(side)];
        await network.Fabric.SetBetweenAsync(side, rest, new LinkQuality { IsCut = true });
        await MeanwhileAsync(nodes, others);
        await network.Fabric.SetBetweenAsync(side, rest, default);
    }

    // The others go on where they are a quorum and linked. Where they are not, they are left until they have noticed.
    private async Task MeanwhileAsync(LabNode[] nodes, LabNode[] others)
    {
        HashSet<string> gone = [.. network.Nodes.Except(others).Select(node => node.Name)];
        LabNode[] chain = [.. others.Where(node => !IsBehind(node, gone))];
        if (network.Manifest.HasQuorumWithout(gone))
        {
            await network.ReachAsync(chain, network.Height + Blocks);
        }
        else if (chain.FirstOrDefault() is { } observer)
        {
            await network.UnlinkedAsync(observer, nodes);
        }
    }

    // A node that hears of blocks through those only that are gone stands still with them.
    private static bool IsBehind(LabNode node, HashSet<string> gone) => node.Plan.Peers.All(gone.Contains)
        && node.Plan.Peers.Count > 0;
}
