using EnergyChain.Core.Primitives;
using EnergyChain.Vm;
using EnergyChain.Vm.Opcodes;
using EnergyChain.Vm.Tracing;

namespace EnergyChain.StateTests;

/// <summary>Sees whether an execution made use of what Ethereum has and this machine has not.</summary>
/// <param name="hasCostlyBlobs">Whether BLOBBASEFEE should have given more than one.</param>
internal sealed class AbsenceWatch(bool hasCostlyBlobs) : ITracer
{
    private static readonly Address[] AbsentPrecompiles = [.. new uint[] { 6, 7, 8, 10 }.Select(Address.FromNumber)];

    /// <summary>What was used first; null for nothing.</summary>
    public string? Used { get; private set; }

    public void BeginCall(in TraceCall call)
    {
        if (AbsentPrecompiles.Contains(call.To))
        {
            Used ??= $"absent precompile {call.To}";
        }
    }

    public void BeginStep(in TraceStep step)
    {
        if (hasCostlyBlobs && step.Opcode == Opcode.Blobbasefee)
        {
            Used ??= "blob base fee: there are no blobs";
        }
    }

    public void EndStep(ulong gasCost, ExecutionStatus status)
    {
    }

    public void EndCall(ExecutionStatus status, ulong gasUsed, ReadOnlySpan<byte> output)
    {
    }
}
