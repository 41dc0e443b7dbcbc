using EnergyChain.Processes.Links;
using EnergyChain.Processes.Manifests;
using EnergyChain.Processes.Nodes;

namespace EnergyChain.Benchmarks.Faults;

/// <summary>
/// Four validators cut in two halves, neither a quorum, until the chain stands, and the time from mending to the
/// moment that the last of them has the next block. Short: the links are still there. Long: every link over the cut
/// was given up.
/// </summary>
/// <param name="name">What <c>--only</c> calls it.</param>
/// <param name="create">Makes the wires.</param>
/// <param name="isLong">Whether to wait until the links were given up.</param>
internal sealed class HealedPartition(
    string name, Func<IEnumerable<string>, Task<IFabric>> create, bool isLong) : IFaultCase
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(4);

    public string Name => name;

    public async Task<IReadOnlyList<FaultFigure>> MeasureAsync(
        FaultsOptions options, TextWriter progress)
    {
        Manifest manifest = new() { Nodes = [.. ManifestGenerator.Validators(4)] };
        string[] names = [.. manifest.Nodes.Select(node => node.Name)];
        await using IFabric fabric = await create(names);
        await using ProcessNetwork network = new(manifest, fabric);
        await network.StartAsync();
        List<double> first = [];
        List<double> last = [];
        for (int repeat = 0; repeat < options.Repeats; repeat++)
        {
            await network.ReachAsync(network.Nodes, network.Height + 3);
            await fabric.SetBetweenAsync(names[..2], names[2..], new LinkQuality { IsCut = true });
            await StandAsync(network);
            ulong stood = network.Height;
            await fabric.SetBetweenAsync(names[..2], names[2..], default);
            long healed = BlockTimes.Now();
            await network.ReachAsync(network.Nodes, stood + 1);
            double[] delays =
                [.. network.Nodes.Select(node => BlockTimes.Between(healed, BlockTimes.SeenAt(node, stood + 1)))];
            first.Add(delays.Min());
            last.Add(delays.Max());
            await progress.WriteLineAsync($"{name} {repeat + 1}: {first[^1]:0} to {last[^1]:0} ms");
        }

        string what = $"{(isLong ? "links given up" : "links kept")}, {fabric.Name}";
        return
        [
            FaultFigure.Below(name, $"heal to the next block at the first, {what}", first, 2_000),
            FaultFigure.Below(name, $"heal to the next block at all, {what}", last, 2_000),
        ];
    }

    private async Task StandAsync(ProcessNetwork network)
    {
        if (isLong)
        {
            LabNode[] nodes = [.. network.Nodes];
            await Task.WhenAll(
                network.UnlinkedAsync(nodes[0], nodes[2..]),
                network.UnlinkedAsync(nodes[1], nodes[2..]),
                network.UnlinkedAsync(nodes[2], nodes[..2]),
                network.UnlinkedAsync(nodes[3], nodes[..2]));
        }
        else
        {
            await Task.Delay(Short);
        }
    }
}
