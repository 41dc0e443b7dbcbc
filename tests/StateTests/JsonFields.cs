using System.Text.Json;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.StateTests;

/// <summary>
/// Reading of the hex fields of ethereum/tests. A malformed one throws <see cref="FormatException"/>.
/// </summary>
internal static class JsonFields
{
    private const string BigIntegerMark = "0x:bigint ";
    private const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>An empty text is zero. Throws also for a number over 256 bits.</summary>
    public static UInt256 Number(JsonElement element)
    {
        string text = element.GetString() ?? throw new FormatException("number expected");
        text = text.StartsWith(BigIntegerMark, StringComparison.Ordinal) ? text[BigIntegerMark.Length..] : text;
        if (text is "" or "0x")
        {
            return UInt256.Zero;
        }

        return UInt256.TryParse(text, out UInt256 value) ? value : throw new FormatException($"not a number: {text}");
    }

    public static ulong Number64(JsonElement element)
    {
        UInt256 value = Number(element);
        return value.FitsUInt64 ? (ulong)value : throw new FormatException($"over 64 bits: {value}");
    }

    public static UInt256 Number(JsonElement parent, string name, ulong otherwise) =>
        parent.TryGetProperty(name, out JsonElement element) ? Number(element) : otherwise;

    public static Address Address(JsonElement element) => Address(element.GetString());

    public static Address Address(string? text) =>
        Core.Primitives.Address.TryParse((text ?? string.Empty).ToLowerInvariant(), out Address address)
            ? address
            : throw new FormatException($"not an address: {text}");

    public static Hash32 Hash(JsonElement element) =>
        Hash32.TryParse(element.GetString(), out Hash32 hash) ? hash : throw new FormatException("not a hash");

    public static byte[] Bytes(JsonElement element) =>
        Hex.TryDecode(element.GetString(), MaxBytes, out byte[] bytes) ? bytes : throw new FormatException("not hex");
}
