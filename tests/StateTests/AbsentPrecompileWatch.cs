using EnergyChain.Core.Primitives;
using EnergyChain.Vm;
using EnergyChain.Vm.Tracing;

namespace EnergyChain.StateTests;

/// <summary>Sees whether an execution called a precompile of Ethereum that this machine does not have.</summary>
internal sealed class AbsentPrecompileWatch : ITracer
{
    private static readonly Address[] Absent = [.. new uint[] { 6, 7, 8, 10 }.Select(Address.FromNumber)];

    public Address? Called { get; private set; }

    public void BeginCall(in TraceCall call)
    {
        if (Absent.Contains(call.To))
        {
            Called = call.To;
        }
    }

    public void BeginStep(in TraceStep step)
    {
    }

    public void EndStep(ulong gasCost, ExecutionStatus status)
    {
    }

    public void EndCall(ExecutionStatus status, ulong gasUsed, ReadOnlySpan<byte> output)
    {
    }
}
