using System.Runtime.CompilerServices;
using EnergyChain.Core.Numerics;

namespace EnergyChain.Vm.Blocks;

/// <summary>The two places where values lie.</summary>
internal static class Operands
{
    public readonly struct OnStack : IOperand
    {
        // Safety: the compiler gives offsets only inside what the block's check of the stack height covers.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static ref UInt256 At(ref UInt256 stack, ref UInt256 constants, int offset) =>
            ref Unsafe.AddByteOffset(ref stack, offset);
    }

    public readonly struct InConstants : IOperand
    {
        // Safety: the compiler gives offsets only of constants that it has added.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static ref UInt256 At(ref UInt256 stack, ref UInt256 constants, int offset) =>
            ref Unsafe.AddByteOffset(ref constants, offset);
    }
}
