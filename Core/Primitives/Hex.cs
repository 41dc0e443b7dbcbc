using System.Buffers;

namespace EnergyChain.Core.Primitives;

/// <summary>Hex text as people and JSON write it: lower case, 0x in front, the prefix optional when reading.</summary>
public static class Hex
{
    public static string Encode(ReadOnlySpan<byte> bytes) => "0x" + Convert.ToHexStringLower(bytes);

    /// <summary>Decodes text that must fill <paramref name="destination"/> exactly.</summary>
    public static bool TryDecodeExact(ReadOnlySpan<char> text, Span<byte> destination)
    {
        ReadOnlySpan<char> digits = WithoutPrefix(text);
        return digits.Length == destination.Length * 2
            && Convert.FromHexString(digits, destination, out _, out _) == OperationStatus.Done;
    }

    /// <summary>Decodes text of any even number of digits up to <paramref name="maxBytes"/> bytes.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, int maxBytes, out byte[] bytes)
    {
        ReadOnlySpan<char> digits = WithoutPrefix(text);
        bytes = [];
        if ((digits.Length & 1) != 0 || digits.Length / 2 > maxBytes)
        {
            return false;
        }

        byte[] decoded = new byte[digits.Length / 2];
        if (!TryDecodeExact(digits, decoded))
        {
            return false;
        }

        bytes = decoded;
        return true;
    }

    private static ReadOnlySpan<char> WithoutPrefix(ReadOnlySpan<char> text) =>
        text.StartsWith("0x", StringComparison.Ordinal) ? text[2..] : text;
}
