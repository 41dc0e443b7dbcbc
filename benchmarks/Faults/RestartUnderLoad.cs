using EnergyChain.Processes;
using EnergyChain.Processes.Links;
using EnergyChain.Processes.Manifests;
using EnergyChain.Processes.Nodes;

namespace EnergyChain.Benchmarks.Faults;

/// <summary>
/// kill -9 of one validator after the other under a stream of transfers, started again at once; the time from the
/// start of its process until its head is within a block of the others'.
/// </summary>
internal sealed class RestartUnderLoad : IFaultCase
{
    private const int Senders = 100;
    private const ulong BlocksBetween = 2;

    public string Name => "restart";

    public async Task<IReadOnlyList<FaultFigure>> MeasureAsync(
        FaultsOptions options, TextWriter progress)
    {
        Manifest manifest = new() { Nodes = [.. ManifestGenerator.Validators(4)], Senders = Senders };
        await using ProxyFabric fabric = new(manifest.Nodes.Select(node => node.Name));
        await using ProcessNetwork network = new(manifest, fabric);
        await network.StartAsync();
        TransferLoad load = await network.StartLoadAsync();
        List<double> back = [];
        for (int restart = 0; restart < options.Restarts; restart++)
        {
            await network.ReachAsync(network.Nodes, network.Height + BlocksBetween);
            LabNode victim = network.Nodes[restart % network.Nodes.Count];
            LabNode[] others = [.. network.Nodes.Where(node => node != victim)];
            await victim.KillAsync();
            long started = BlockTimes.Now();
            victim.Start();
            await network.UntilAsync(
                $"{victim.Name} to be back",
                () => victim.Watch.LastSeen >= started
                    && victim.Watch.Height + 1 >= others.Max(node => node.Watch.Height));
            back.Add(BlockTimes.Between(started, BlockTimes.Now()));
            await progress.WriteLineAsync($"restart {restart + 1}: {victim.Name} back after {back[^1]:0} ms");
        }

        await network.ReachAsync(network.Nodes, network.Height + BlocksBetween);
        await load.StopAsync(ProcessNetwork.Patience);
        NetworkChecks checks = new(network);
        checks.CheckBlocks();
        checks.CheckTransfers(load.Accepted);
        checks.CheckLogs();
        foreach (string violation in checks.Violations)
        {
            await progress.WriteLineAsync("FAILED " + violation);
        }

        FaultFigure figure = FaultFigure.Below(
            Name, $"start after kill -9 to a head within a block, {load.Accepted.Count} transfers", back, 5_000);
        return [figure with { Holds = figure.Holds && checks.Violations.Count == 0 }];
    }
}
