using System.Buffers.Binary;
using System.Text;

namespace EnergyChain.Devices.SunSpec;

/// <summary>
/// Reads points out of a model's registers, at offsets from the model-id register. The SunSpec not-implemented value
/// of each type comes out as null. Registers are big-endian, high word first (SunSpec Device Information Model
/// Specification, section 4).
/// </summary>
public static class SunSpecPoint
{
    public static ushort? UInt16(ReadOnlySpan<ushort> model, int offset) =>
        model[offset] == ushort.MaxValue ? null : model[offset];

    public static short? Int16(ReadOnlySpan<ushort> model, int offset)
    {
        short value = unchecked((short)model[offset]);
        return value == short.MinValue ? null : value;
    }

    public static uint? UInt32(ReadOnlySpan<ushort> model, int offset)
    {
        uint value = Word32(model, offset);
        return value == uint.MaxValue ? null : value;
    }

    public static int? Int32(ReadOnlySpan<ushort> model, int offset)
    {
        int value = unchecked((int)Word32(model, offset));
        return value == int.MinValue ? null : value;
    }

    public static ulong? UInt64(ReadOnlySpan<ushort> model, int offset)
    {
        ulong value = ((ulong)Word32(model, offset) << 32) | Word32(model, offset + 2);
        return value == ulong.MaxValue ? null : value;
    }

    /// <summary>A 32-bit accumulator, which is not implemented when it is 0.</summary>
    public static uint? Accumulator32(ReadOnlySpan<ushort> model, int offset)
    {
        uint value = Word32(model, offset);
        return value == 0 ? null : value;
    }

    /// <summary>A 32-bit float, which is not implemented when it is not a number; infinities are refused too.</summary>
    public static float? Float32(ReadOnlySpan<ushort> model, int offset)
    {
        float value = BitConverter.UInt32BitsToSingle(Word32(model, offset));
        return float.IsFinite(value) ? value : null;
    }

    /// <summary>
    /// Text of a fixed number of registers, up to its first NUL; bytes outside printable ASCII become '?'.
    /// </summary>
    public static string Text(ReadOnlySpan<ushort> model, int offset, int registers)
    {
        Span<byte> bytes = stackalloc byte[2 * registers];
        for (int i = 0; i < registers; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes[(2 * i)..], model[offset + i]);
        }

        int end = bytes.IndexOf((byte)0);
        bytes = end < 0 ? bytes : bytes[..end];
        foreach (ref byte character in bytes)
        {
            character = character is >= 0x20 and < 0x7F ? character : (byte)'?';
        }

        return Encoding.ASCII.GetString(bytes).TrimEnd();
    }

    private static uint Word32(ReadOnlySpan<ushort> model, int offset) =>
        ((uint)model[offset] << 16) | model[offset + 1];
}
