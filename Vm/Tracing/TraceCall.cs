using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm.Interpreter;

namespace EnergyChain.Vm.Tracing;

/// <summary>A call as it starts. The input is valid only during the callback.</summary>
public readonly ref struct TraceCall
{
    public required CallKind Kind { get; init; }

    /// <summary>The account that makes the call.</summary>
    public required Address From { get; init; }

    /// <summary>The account whose code runs; of a creation, the new contract.</summary>
    public required Address To { get; init; }

    public required UInt256 Value { get; init; }

    public required ulong Gas { get; init; }

    /// <summary>Call data or init code.</summary>
    public required ReadOnlySpan<byte> Input { get; init; }

    /// <summary>0 for the outermost call.</summary>
    public required int Depth { get; init; }
}
