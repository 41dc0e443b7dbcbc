namespace EnergyChain.Benchmarks.Evm;

/// <summary>Something to measure: runs again and again from the same start and knows its right result.</summary>
internal abstract class BenchmarkCase(string name, BenchmarkGroup group)
{
    public string Name { get; } = name;

    public BenchmarkGroup Group { get; } = group;

    /// <summary>Calls or transactions that one run makes; figures per call are a run's divided by it.</summary>
    public virtual int Calls => 1;

    /// <summary>Gas that one run must use.</summary>
    public abstract ulong Gas { get; }

    /// <summary>The same for revm; null where it has no counterpart.</summary>
    public virtual BytecodeProgram? Program => null;

    /// <summary>Runs once and checks the result. Only the execution itself is timed.</summary>
    public abstract Sample Run();
}
