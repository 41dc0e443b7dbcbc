using System.Diagnostics;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Benchmarks.Load;

/// <summary>What all had used at a moment: right after a block came.</summary>
/// <param name="Height">The height of that block.</param>
/// <param name="Nodes">In the order of the network.</param>
/// <param name="GeneratorCpu">Processor time of this process.</param>
/// <param name="At">The moment, as a timestamp.</param>
/// <param name="Offered">Transactions that were offered so far, repeated ones included.</param>
internal sealed record LoadSample(
    ulong Height, IReadOnlyList<NodeSample> Nodes, TimeSpan GeneratorCpu, long At, long Offered)
{
    /// <summary>Waits for the next block and looks.</summary>
    public static async Task<LoadSample> AtNextBlockAsync(
        LoadNetwork network, LoadFeeder feeder, CancellationToken cancellationToken)
    {
        BlockTrail trail = network.Entries[0].Trail;
        await trail.NextAsync(cancellationToken);
        ulong height = trail.Height;
        ProcessUsage[] usages = [.. network.Nodes.Select(node => node.Usage)];
        using Process self = Process.GetCurrentProcess();
        TimeSpan generator = self.TotalProcessorTime;
        long now = Stopwatch.GetTimestamp();
        long offered = feeder.Offered;
        NodeSample[] nodes = await Task.WhenAll(network.Nodes.Select(async (node, place) =>
        {
            Proto.NodeStatus status = await node.GetStatusAsync(cancellationToken);
            return new NodeSample(usages[place], node.Stages, (long)status.LinkBytesSent);
        }));
        return new LoadSample(height, nodes, generator, now, offered);
    }
}
