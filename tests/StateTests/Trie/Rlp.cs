using EnergyChain.Core.Numerics;

namespace EnergyChain.StateTests.Trie;

/// <summary>Recursive Length Prefix encoding, as the Yellow Paper's appendix B defines it.</summary>
public static class Rlp
{
    private const byte StringBase = 0x80;
    private const byte ListBase = 0xC0;

    public static byte[] String(ReadOnlySpan<byte> bytes) =>
        bytes.Length == 1 && bytes[0] < StringBase ? bytes.ToArray() : [.. Prefix(StringBase, bytes.Length), .. bytes];

    public static byte[] Number(in UInt256 value)
    {
        Span<byte> word = stackalloc byte[32];
        value.WriteBigEndian(word);
        return String(word.TrimStart((byte)0));
    }

    /// <param name="items">Encoded items.</param>
    public static byte[] List(params IReadOnlyList<byte[]> items)
    {
        int length = items.Sum(static item => item.Length);
        byte[] prefix = Prefix(ListBase, length);
        byte[] encoded = new byte[prefix.Length + length];
        prefix.CopyTo(encoded, 0);
        int offset = prefix.Length;
        foreach (byte[] item in items)
        {
            item.CopyTo(encoded, offset);
            offset += item.Length;
        }

        return encoded;
    }

    private static byte[] Prefix(byte kind, int length)
    {
        if (length < 56)
        {
            return [(byte)(kind + length)];
        }

        int lengthBytes = length < 1 << 8 ? 1 : length < 1 << 16 ? 2 : length < 1 << 24 ? 3 : 4;
        byte[] prefix = new byte[1 + lengthBytes];
        prefix[0] = (byte)(kind + 55 + lengthBytes);
        for (int i = 0; i < lengthBytes; i++)
        {
            prefix[1 + i] = unchecked((byte)(length >> (8 * (lengthBytes - 1 - i))));
        }

        return prefix;
    }
}
