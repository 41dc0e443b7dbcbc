using EnergyChain.Contracts;

namespace EnergyChain.Benchmarks.Load.Workloads;

/// <summary>What the meters say.</summary>
internal static class Records
{
    /// <summary>What each record says that was produced: all of it went out.</summary>
    public const ulong ProducedWh = 400;

    /// <param name="slot">The slot.</param>
    /// <param name="sequence">How manieth record of the device it is, from 1.</param>
    public static MeterRecord Of(ulong slot, ulong sequence)
    {
        ulong counter = sequence * ProducedWh;
        return new MeterRecord(slot, 0, ProducedWh, ProducedWh, 0, 0, counter, counter, counter, sequence, default);
    }
}
