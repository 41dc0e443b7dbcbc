using EnergyChain.Dashboard.Charts;
using EnergyChain.Dashboard.Live;
using EnergyChain.Dashboard.Text;

namespace EnergyChain.Dashboard.Network;

/// <summary>Transactions a second over time, from block times.</summary>
public static class Throughput
{
    /// <summary>Blocks of a point: one alone jumps too much to read.</summary>
    public const int BlocksOfPoint = 5;

    /// <summary>A point for every five following blocks, oldest first.</summary>
    /// <param name="blocks">Newest first.</param>
    public static IReadOnlyList<ChartPoint> Of(IReadOnlyList<BlockRow> blocks)
    {
        List<ChartPoint> points = [];
        for (int newest = 0; newest + BlocksOfPoint < blocks.Count; newest += BlocksOfPoint)
        {
            BlockRow end = blocks[newest];
            ulong ms = end.Time.UnixMs - blocks[newest + BlocksOfPoint].Time.UnixMs;
            long transactions = 0;
            for (int i = newest; i < newest + BlocksOfPoint; i++)
            {
                transactions += blocks[i].Transactions;
            }

            points.Add(new ChartPoint(SiteClock.Utc(end.Time), ms == 0 ? 0 : transactions * 1000.0 / ms));
        }

        points.Reverse();
        return points;
    }
}
