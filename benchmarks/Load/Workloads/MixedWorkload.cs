using EnergyChain.Core.Chain;

namespace EnergyChain.Benchmarks.Load.Workloads;

/// <summary>Of five transactions two are transfers, two orders and one a record.</summary>
internal sealed class MixedWorkload : ILoadWorkload
{
    /// <summary>What <c>--workload</c> calls it.</summary>
    public const string Name = "mixed";

    /// <summary>Of all transactions.</summary>
    public const double ShareOfOrders = 0.4;

    // Which of the three each place of five is, and how many of its kind stand before it.
    private static readonly (int Kind, int Before)[] Pattern = [(0, 0), (1, 0), (0, 1), (1, 1), (2, 0)];

    private static readonly int[] Weights = [2, 2, 1];

    private readonly ILoadWorkload[] _kinds;

    public MixedWorkload(TransferWorkload transfers, TradeWorkload trades, MeterWorkload meters) =>
        _kinds = [transfers, trades, meters];

    public LoadNeeds Needs => new(
        [.. _kinds.SelectMany(kind => kind.Needs.Funded)],
        [.. _kinds.SelectMany(kind => kind.Needs.Sites)],
        [.. _kinds.SelectMany(kind => kind.Needs.Devices)]);

    public Transaction Sign(int lane, int index)
    {
        (int kind, int before) = Pattern[index % Pattern.Length];
        return _kinds[kind].Sign(lane, (index / Pattern.Length * Weights[kind]) + before);
    }
}
