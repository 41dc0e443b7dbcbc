using EnergyChain.Benchmarks.Evm;
using EnergyChain.Core.Chain;

namespace EnergyChain.Benchmarks.Load;

/// <summary>The workloads by name.</summary>
internal static class Workloads
{
    /// <summary>Throws <see cref="BenchmarkException"/> for a name that is none.</summary>
    public static ILoadWorkload Create(LoadOptions options, int lanes, ChainParameters parameters) =>
        options.Workload switch
        {
            TransferWorkload.WorkloadName => new TransferWorkload(options.Senders, lanes, parameters),
            _ => throw new BenchmarkException($"--workload {options.Workload}: allowed is transfer."),
        };
}
