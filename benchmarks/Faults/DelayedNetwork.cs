using EnergyChain.Processes.Links;
using EnergyChain.Processes.Manifests;
using EnergyChain.Processes.Nodes;

namespace EnergyChain.Benchmarks.Faults;

/// <summary>The interval of blocks where every byte takes 150 ms from one validator to another.</summary>
/// <param name="validators">How many.</param>
internal sealed class DelayedNetwork(int validators) : IFaultCase
{
    private const ulong SettleBlocks = 8;

    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(150);

    public string Name => $"latency{validators}";

    public async Task<IReadOnlyList<FaultFigure>> MeasureAsync(
        FaultsOptions options, TextWriter progress)
    {
        Manifest manifest = new() { Nodes = [.. ManifestGenerator.Validators(validators)] };
        string[] names = [.. manifest.Nodes.Select(node => node.Name)];
        await using IFabric fabric = await DelayingFabricAsync(names);
        await fabric.SetAllAsync(names, new LinkQuality(Latency));
        await using ProcessNetwork network = new(manifest, fabric);
        await network.StartAsync();
        ulong from = network.Height + SettleBlocks;
        ulong to = from + (ulong)options.Blocks;
        await network.ReachAsync(network.Nodes, to);
        IReadOnlyList<double> intervals = BlockTimes.Intervals(network.Nodes[0], from, to);
        int rounds = network.Nodes[0].Watch.Blocks.Count(seen => seen.Height > from && seen.Block.CommitRound > 0);
        await progress.WriteLineAsync($"{Name}: {intervals.Average():0} ms, {rounds} blocks in later rounds");
        string what = $"interval, {validators} validators, 150 ms one way, {fabric.Name}";
        return [FaultFigure.MeanWithin(Name, what, intervals, 1_000, 5)];
    }

    private static async Task<IFabric> DelayingFabricAsync(IEnumerable<string> names) =>
        await NamespaceProbe.DelayMissingAsync() is null
            ? await NamespaceFabric.CreateAsync(names)
            : new ProxyFabric(names);
}
