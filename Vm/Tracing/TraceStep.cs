using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm.Opcodes;

namespace EnergyChain.Vm.Tracing;

/// <summary>
/// The machine before an opcode runs, as EIP-3155 shows it. The spans are valid only during the callback.
/// </summary>
public readonly ref struct TraceStep
{
    public required int ProgramCounter { get; init; }

    public required Opcode Opcode { get; init; }

    /// <summary>Gas left before the opcode.</summary>
    public required ulong Gas { get; init; }

    /// <summary>0 for the outermost call.</summary>
    public required int Depth { get; init; }

    /// <summary>The account whose storage the code works on.</summary>
    public required Address Self { get; init; }

    /// <summary>From the bottom of the stack to its top.</summary>
    public required ReadOnlySpan<UInt256> Stack { get; init; }

    public required ReadOnlySpan<byte> Memory { get; init; }

    public required ReadOnlySpan<byte> ReturnData { get; init; }

    public required long Refund { get; init; }
}
