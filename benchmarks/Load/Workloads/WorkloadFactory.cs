using EnergyChain.Benchmarks.Evm;
using EnergyChain.Core.Chain;

namespace EnergyChain.Benchmarks.Load.Workloads;

/// <summary>The workloads by name.</summary>
internal sealed class WorkloadFactory(LoadOptions options, int lanes, ChainParameters parameters)
{
    // Records are for slots of the last days: within the longest report window, and as many as any run needs.
    private const ulong RecordSlotsBack = 250_000;

    public static IReadOnlyList<string> Names { get; } =
        [TransferWorkload.Name, TradeWorkload.Name, MeterWorkload.Name, MixedWorkload.Name];

    /// <summary>Throws <see cref="BenchmarkException"/> for a name that is none.</summary>
    /// <param name="earliestMs">The load cannot begin before, in milliseconds since 1970.</param>
    /// <param name="leastRate">At least so many transactions are sent each second.</param>
    public (ILoadWorkload Workload, TradeWorkload? Trades) Create(ulong earliestMs, double leastRate)
    {
        TransferWorkload Transfers() => new(options.Senders, lanes, parameters);
        MeterWorkload Meters() => new(
            options.Senders,
            lanes,
            parameters,
            (earliestMs / 1_000 / MarketCalendar.SlotSeconds) - RecordSlotsBack);
        TradeWorkload Trades(double share) => new(
            options.Senders, lanes, parameters, MarketCalendar.From(earliestMs, leastRate * share));

        switch (options.Workload)
        {
            case TransferWorkload.Name:
                return (Transfers(), null);
            case MeterWorkload.Name:
                return (Meters(), null);
            case TradeWorkload.Name:
                TradeWorkload trades = Trades(1);
                return (trades, trades);
            case MixedWorkload.Name:
                TradeWorkload some = Trades(MixedWorkload.ShareOfOrders);
                return (new MixedWorkload(Transfers(), some, Meters()), some);
            default:
                throw new BenchmarkException(
                    $"--workload {options.Workload}: allowed are {string.Join(", ", Names)}.");
        }
    }
}
