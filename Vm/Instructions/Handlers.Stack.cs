using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EnergyChain.Core.Numerics;
using EnergyChain.Vm.Interpreter;

namespace EnergyChain.Vm.Instructions;

/// <content>PUSH, DUP and SWAP.</content>
internal static partial class Handlers
{
    public static int Push<TBytes>(Frame frame, EvmStack stack, int next)
        where TBytes : struct, ICount
    {
        // Safety: code is padded, so 32 bytes can be read at any position the loop reaches.
        ref byte immediate = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(frame.Code.Padded), next);
        stack.Free = new UInt256(
            Limb(ref immediate, TBytes.Value, 0),
            Limb(ref immediate, TBytes.Value, 1),
            Limb(ref immediate, TBytes.Value, 2),
            Limb(ref immediate, TBytes.Value, 3));
        return next + TBytes.Value;
    }

    public static int Dup<TDepth>(Frame frame, EvmStack stack, int next)
        where TDepth : struct, ICount
    {
        stack.Free = stack[TDepth.Value - 1];
        return next;
    }

    public static int Swap<TDepth>(Frame frame, EvmStack stack, int next)
        where TDepth : struct, ICount
    {
        (stack[0], stack[TDepth.Value]) = (stack[TDepth.Value], stack[0]);
        return next;
    }

    /// <summary>
    /// A limb, 0 the least significant, of the big-endian number in the next <paramref name="bytes"/> bytes.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Limb(ref byte immediate, int bytes, int limb)
    {
        int end = bytes - (8 * limb);
        return end <= 0 ? 0
            : end >= 8 ? Read(ref Unsafe.Add(ref immediate, end - 8))
            : Read(ref immediate) >> (64 - (8 * end));
    }

    private static ulong Read(ref byte source) =>
        BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(ref source));
}
