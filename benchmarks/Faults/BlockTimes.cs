using EnergyChain.Processes.Nodes;

namespace EnergyChain.Benchmarks.Faults;

/// <summary>When a node saw its blocks.</summary>
internal static class BlockTimes
{
    /// <summary>Milliseconds between blocks as one node saw them, from the block after a height to another.</summary>
    public static IReadOnlyList<double> Intervals(LabNode node, ulong after, ulong to)
    {
        SeenBlock[] blocks = [.. node.Watch.Blocks.Where(seen => seen.Height >= after && seen.Height <= to)];
        return [.. blocks.Zip(blocks.Skip(1), (one, next) => Between(one.SeenAt, next.SeenAt))];
    }

    /// <summary>When a node saw a block.</summary>
    public static long SeenAt(LabNode node, ulong height) =>
        node.Watch.Blocks.First(seen => seen.Height == height).SeenAt;

    /// <summary>Milliseconds between two timestamps of the system's clock.</summary>
    public static double Between(long start, long end) =>
        TimeProvider.System.GetElapsedTime(start, end).TotalMilliseconds;

    public static long Now() => TimeProvider.System.GetTimestamp();
}
