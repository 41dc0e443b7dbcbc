using EnergyChain.Processes.Links;
using EnergyChain.Processes.Manifests;
using EnergyChain.Processes.Nodes;

namespace EnergyChain.Processes;

/// <summary>One network from its files to the end of its last process.</summary>
public static class NetworkRun
{
    /// <summary>
    /// Runs a manifest. Throws <see cref="TimeoutException"/> that names the condition which did not come true.
    /// </summary>
    public static async Task<NetworkResult> RunAsync(Manifest manifest, IFabric fabric, TextWriter progress)
    {
        await progress.WriteLineAsync(manifest.ToString());
        await using ProcessNetwork network = new(manifest, fabric);
        NetworkChecks checks = new(network);
        await network.StartAsync();
        TransferLoad load = await network.StartLoadAsync();
        await JoinAsync(network);
        Perturber perturber = new(network, checks);
        foreach (Perturbation perturbation in manifest.Perturbations)
        {
            await progress.WriteLineAsync($"at {network.Height}: {perturbation}");
            await perturber.ApplyAsync(perturbation);
        }

        await network.ReachAsync(network.Nodes, network.Height + manifest.CalmBlocks);
        await load.StopAsync(ProcessNetwork.Patience);
        await network.ReachAsync(network.Nodes, network.Height);
        await checks.CheckStatesAsync();
        await network.ReachAsync(network.Nodes, network.Height);
        checks.CheckBlocks();
        checks.CheckTransfers(load.Accepted);
        ulong height = network.Nodes.Min(node => node.Watch.Height);
        await Task.WhenAll(network.Nodes.Select(async node => checks.Ended(node, await node.TerminateAsync())));
        checks.CheckLogs();
        await progress.WriteLineAsync($"height {height}, {load.Accepted.Count} transfers");
        string logs = checks.Violations.Count > 0 ? network.Describe() : string.Empty;
        string[] joined = [.. network.Nodes.Where(node => node.JoinedBySnapshot).Select(node => node.Name)];
        return new NetworkResult(height, load.Accepted.Count, joined, checks.Violations, logs);
    }

    private static async Task JoinAsync(ProcessNetwork network)
    {
        foreach (LabNode node in network.Nodes.Where(node => !node.IsUp).OrderBy(node => node.Plan.JoinsAt))
        {
            LabNode[] running = [.. network.Nodes.Where(other => other.IsUp)];
            await network.UntilAsync(
                $"height {node.Plan.JoinsAt} for {node.Name} to join", () => network.Height >= node.Plan.JoinsAt);
            node.Start();
            await network.ReachAsync([node, .. running], network.Height + 1);
        }
    }
}
