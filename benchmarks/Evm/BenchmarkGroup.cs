namespace EnergyChain.Benchmarks.Evm;

/// <summary>What a row measures; the names of the groups select them with <c>--only</c>.</summary>
internal enum BenchmarkGroup
{
    /// <summary>A call of the published bytecode.</summary>
    Workloads,

    /// <summary>A loop of calls to one precompile.</summary>
    Precompiles,

    /// <summary>A block of market transactions.</summary>
    Market,
}
