using EnergyChain.Vm.Tracing;

namespace EnergyChain.Vm.Tests;

/// <summary>Counts what it sees and reads all that it is shown.</summary>
internal sealed class CountingTracer : ITracer
{
    /// <summary>Calls that have begun and not ended.</summary>
    public int Open { get; private set; }

    public int Steps { get; private set; }

    public ulong GasOfSteps { get; private set; }

    public void BeginCall(in TraceCall call) => Open++;

    public void BeginStep(in TraceStep step)
    {
        Assert.That(step.Stack.Length, Is.LessThanOrEqualTo(VmLimits.StackWords));
        Assert.That(step.Memory.Length % 32, Is.Zero);
        Steps++;
    }

    public void EndStep(ulong gasCost, ExecutionStatus status) => GasOfSteps += gasCost;

    public void EndCall(ExecutionStatus status, ulong gasUsed, ReadOnlySpan<byte> output) => Open--;
}
