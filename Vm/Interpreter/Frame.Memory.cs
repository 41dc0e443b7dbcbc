using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EnergyChain.Core.Numerics;
using EnergyChain.Vm.Opcodes;

namespace EnergyChain.Vm.Interpreter;

/// <content>The frame's byte memory. Every access first pays for the words it adds.</content>
internal sealed partial class Frame
{
    public byte[] MemoryBuffer = [];

    /// <summary>Bytes in use, a multiple of 32; the buffer behind it may be larger and dirty.</summary>
    public int MemorySize;

    public Span<byte> MemorySpan(int offset, int length) => MemoryBuffer.AsSpan(offset, length);

    /// <summary>
    /// Pays for and expands memory over a range. False when that is out of gas. A range of no bytes is free,
    /// whatever its offset.
    /// </summary>
    public bool TryExpand(in UInt256 offset, in UInt256 length, out int start, out int count)
    {
        start = 0;
        count = 0;
        if (length.IsZero)
        {
            return true;
        }

        if (!offset.FitsUInt64 || offset.Low64 > VmLimits.MaxMemoryBytes
            || !length.FitsUInt64 || length.Low64 > VmLimits.MaxMemoryBytes)
        {
            return false;
        }

        start = (int)offset.Low64;
        count = (int)length.Low64;
        int end = start + count;
        return end <= MemorySize || TryGrow(end);
    }

    /// <summary>The same for a range of 1 to 32 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryExpand(in UInt256 offset, int length, out int start)
    {
        ulong low = offset.Low64;
        start = unchecked((int)low);
        if (!offset.FitsUInt64 || low > VmLimits.MaxMemoryBytes)
        {
            return false;
        }

        int end = unchecked(start + length);
        return end <= MemorySize || TryGrow(end);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public UInt256 LoadWord(int offset)
    {
        // Safety: the caller has expanded memory to offset + 32, so the buffer holds all the bytes read.
        ref byte source = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(MemoryBuffer), offset);
        return new UInt256(Limb(ref source, 24), Limb(ref source, 16), Limb(ref source, 8), Limb(ref source, 0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreWord(int offset, in UInt256 word) => word.WriteBigEndian(MemoryBuffer.AsSpan(offset, 32));

    /// <summary>Copies to memory from a source that zero bytes follow without end.</summary>
    public void CopyIn(int destination, int length, ReadOnlySpan<byte> source, in UInt256 sourceOffset)
    {
        Span<byte> target = MemorySpan(destination, length);
        if (!sourceOffset.FitsUInt64 || sourceOffset.Low64 >= (ulong)source.Length)
        {
            target.Clear();
            return;
        }

        ReadOnlySpan<byte> rest = source[(int)sourceOffset.Low64..];
        rest = rest.Length > length ? rest[..length] : rest;
        rest.CopyTo(target);
        target[rest.Length..].Clear();
    }

    private static ulong Limb(ref byte source, int offset) =>
        BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref source, offset)));

    private static long MemoryCost(long words) =>
        (words * GasCost.MemoryWord) + (words * words / GasCost.MemoryQuadraticDivisor);

    private void GiveBack(byte[] buffer)
    {
        if (buffer.Length > 0)
        {
            Context.Buffers.Return(buffer);
        }
    }

    private bool TryGrow(int end)
    {
        int words = (int)(((uint)end + 31) / 32);
        long cost = MemoryCost(words) - MemoryCost(MemorySize / 32);
        if (end > VmLimits.MaxMemoryBytes || !TryCharge(cost))
        {
            return false;
        }

        int size = words * 32;
        if (size > MemoryBuffer.Length)
        {
            int capacity = Math.Max(size, Math.Max(1024, MemoryBuffer.Length * 2));
            byte[] larger = Context.Buffers.Rent(capacity);
            MemoryBuffer.AsSpan(0, MemorySize).CopyTo(larger);
            GiveBack(MemoryBuffer);
            MemoryBuffer = larger;
        }

        MemoryBuffer.AsSpan(MemorySize, size - MemorySize).Clear();
        MemorySize = size;
        return true;
    }
}
