namespace EnergyChain.Benchmarks.Load;

/// <summary>
/// Processor time for each transaction, in microseconds, by stage. Gossip is what no other stage claims: sockets, TLS,
/// codec, the public API. The collector's pauses lie within the others.
/// </summary>
internal sealed record CpuCost(
    double Total, double? Verify, double? Gossip, double? Consensus, double? Execute, double? Store, double? Gc)
{
    private const double MicrosecondsOfSecond = 1_000_000;

    /// <param name="total">Of the process, by the kernel.</param>
    /// <param name="stages">By the node itself; null where it does not tell.</param>
    /// <param name="transactions">In the same time.</param>
    public static CpuCost Of(TimeSpan total, StageTimes? stages, long transactions)
    {
        double each = transactions == 0 ? 0 : MicrosecondsOfSecond / transactions;
        double claimed = stages is null ? 0 : stages.Verify + stages.Consensus + stages.Execute + stages.Store;
        return new CpuCost(
            total.TotalSeconds * each,
            stages?.Verify * each,
            (stages?.Total - claimed) * each,
            stages?.Consensus * each,
            stages?.Execute * each,
            stages?.Store * each,
            stages?.Gc * each);
    }

    public static CpuCost operator +(CpuCost one, CpuCost other) => new(
        one.Total + other.Total,
        one.Verify + other.Verify,
        one.Gossip + other.Gossip,
        one.Consensus + other.Consensus,
        one.Execute + other.Execute,
        one.Store + other.Store,
        one.Gc + other.Gc);
}
