using System.Runtime.CompilerServices;
using EnergyChain.Core.Numerics;

namespace EnergyChain.Vm.Interpreter;

/// <summary>
/// The top of a frame's stack as one opcode sees it. The instruction loop has checked that the words the opcode
/// takes are there and that those it leaves have room, so nothing is checked here.
/// </summary>
internal readonly ref struct EvmStack
{
    private readonly ref UInt256 _free;

    public EvmStack(ref UInt256 free) => _free = ref free;

    /// <summary>The place above the top word.</summary>
    public ref UInt256 Free
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _free;
    }

    /// <summary>A word by its depth, 0 being the top.</summary>
    public ref UInt256 this[int depth]
    {
        // Safety: the loop checks an opcode's stack need and room against the table before its handler runs.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.Subtract(ref _free, depth + 1);
    }
}
