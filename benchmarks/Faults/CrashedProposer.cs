using EnergyChain.Processes.Links;
using EnergyChain.Processes.Manifests;
using EnergyChain.Processes.Nodes;

namespace EnergyChain.Benchmarks.Faults;

/// <summary>
/// kill -9 of the validator whose turn is next, as soon as the block before is there, and the intervals while it
/// stays down.
/// </summary>
internal sealed class CrashedProposer : IFaultCase
{
    private const int Validators = 4;
    private const ulong BlocksWhileDown = 16;
    private const ulong SettleBlocks = 8;

    public string Name => "crash";

    public async Task<IReadOnlyList<FaultFigure>> MeasureAsync(
        FaultsOptions options, TextWriter progress)
    {
        Manifest manifest = new() { Nodes = [.. ManifestGenerator.Validators(Validators)] };
        await using ProxyFabric fabric = new(manifest.Nodes.Select(node => node.Name));
        await using ProcessNetwork network = new(manifest, fabric);
        await network.StartAsync();
        List<double> gaps = [];
        List<double> later = [];
        for (int repeat = 0; repeat < options.Repeats; repeat++)
        {
            ulong settled = network.Height + SettleBlocks;
            await network.ReachAsync(network.Nodes, settled);
            LabNode victim = NextProposer(network, settled);
            await victim.KillAsync();
            LabNode observer = network.Nodes.First(node => node != victim);
            await network.ReachAsync([observer], settled + 1 + BlocksWhileDown);
            gaps.Add(BlockTimes.Intervals(observer, settled, settled + 1)[0]);
            later.AddRange(BlockTimes.Intervals(observer, settled + 1, settled + 1 + BlocksWhileDown));
            await progress.WriteLineAsync($"crash {repeat + 1}: {victim.Name}, gap {gaps[^1]:0} ms");
            victim.Start();
        }

        return
        [
            FaultFigure.Below(Name, "interval in which the proposer crashed", gaps, 2_000),
            FaultFigure.Below(Name, "intervals after it, while it stays down", later, 1_250),
        ];
    }

    // All take turns in council order while all are up.
    private static LabNode NextProposer(ProcessNetwork network, ulong height)
    {
        SeenBlock turn = network.Nodes[0].Watch.Blocks.First(seen => seen.Height == height + 1 - Validators);
        return network.Nodes.First(node => node.Key.ToAddress() == turn.Block.Proposer);
    }
}
