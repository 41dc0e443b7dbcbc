namespace EnergyChain.Node.Index.Parts;

/// <summary>Unsigned numbers in ULEB128.</summary>
internal static class Number
{
    /// <summary>Writes a number and gives its length, 1 to 10 bytes.</summary>
    public static int Write(Span<byte> target, ulong value)
    {
        int length = 0;
        while (value >= 0x80)
        {
            target[length++] = (byte)((value & 0x7F) | 0x80);
            value >>= 7;
        }

        target[length++] = (byte)value;
        return length;
    }
}
