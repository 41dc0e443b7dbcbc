using EnergyChain.Contracts.Abi;

namespace EnergyChain.Dashboard.Text;

/// <summary>
/// Texts that others wrote, made fit to be shown. Markup is the renderer's to escape; this is about length and sight.
/// </summary>
public static class Shown
{
    public const int MaxLength = 1_000;

    /// <summary>With a question mark for what cannot be seen, and cut where it is too long.</summary>
    public static string Text(string text)
    {
        string cut = text.Length > MaxLength ? text[..MaxLength] + "\u2026" : text;
        return cut.Any(AbiText.IsUnprintable)
            ? string.Concat(cut.Select(letter => AbiText.IsUnprintable(letter) ? '?' : letter))
            : cut;
    }

    /// <summary>Enough of a hash or address to tell it from its neighbours: 0x12345678…abcd.</summary>
    public static string Short(string hex) => hex.Length <= 16 ? hex : $"{hex[..10]}\u2026{hex[^4..]}";

    /// <summary>Bytes as hex, cut where they are many.</summary>
    public static string Hex(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> cut = bytes[..Math.Min(bytes.Length, MaxLength)];
        return $"0x{Convert.ToHexStringLower(cut)}{(cut.Length < bytes.Length ? "\u2026" : "")}";
    }
}
