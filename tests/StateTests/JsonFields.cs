using System.Buffers;
using System.Text.Json;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.StateTests;

/// <summary>
/// Reading of the fields of ethereum/tests. One that is absent or malformed throws <see cref="FormatException"/>, a
/// number that is too large for its field <see cref="NumberTooLargeException"/>.
/// </summary>
internal static class JsonFields
{
    private const string BigIntegerMark = "0x:bigint ";
    private const int MaxBytes = 16 * 1024 * 1024;
    private const int MaxQuoted = 80;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>A field that must be there.</summary>
    public static JsonElement Field(JsonElement parent, string name) =>
        Find(parent, name) ?? throw new FormatException($"no field {name}");

    /// <summary>A field that can be absent or null. Throws when the parent is no object.</summary>
    public static JsonElement? Find(JsonElement parent, string name) =>
        parent.ValueKind != JsonValueKind.Object ? throw new FormatException($"no object that {name} can be in")
        : Readable(() => parent.TryGetProperty(name, out JsonElement element) ? element : default)
            is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } found ? found
        : null;

    /// <summary>An element of a list that must be there.</summary>
    public static JsonElement Item(JsonElement parent, string name, int index) =>
        FindItem(parent, name, index) ?? throw new FormatException($"{name} has no element {index}");

    /// <summary>An element of a list; null when the list, or that element of it, is absent or null.</summary>
    public static JsonElement? FindItem(JsonElement parent, string name, int index)
    {
        if (Find(parent, name) is not JsonElement list)
        {
            return null;
        }

        Expect(list, JsonValueKind.Array, name);
        return index < list.GetArrayLength() && list[index].ValueKind != JsonValueKind.Null ? list[index] : null;
    }

    public static IEnumerable<JsonProperty> Properties(JsonElement parent, string name)
    {
        JsonElement element = Field(parent, name);
        Expect(element, JsonValueKind.Object, name);
        return Properties(element);
    }

    /// <summary>The properties of an object, the names of all of which can be read.</summary>
    public static IReadOnlyList<JsonProperty> Properties(JsonElement element)
    {
        JsonProperty[] properties = [.. element.EnumerateObject()];
        foreach (JsonProperty property in properties)
        {
            Readable(() => property.Name);
        }

        return properties;
    }

    public static IEnumerable<JsonElement> Items(JsonElement parent, string name)
    {
        JsonElement element = Field(parent, name);
        Expect(element, JsonValueKind.Array, name);
        return element.EnumerateArray();
    }

    /// <summary>An empty text is zero.</summary>
    public static UInt256 Number(JsonElement element)
    {
        string text = Text(element);
        text = text.StartsWith(BigIntegerMark, StringComparison.Ordinal) ? text[BigIntegerMark.Length..] : text;
        if (text is "" or "0x")
        {
            return UInt256.Zero;
        }

        return UInt256.TryParse(text, out UInt256 value) ? value
            : text.StartsWith("0x", StringComparison.Ordinal) && text.AsSpan(2).IndexOfAnyExcept(HexDigits) < 0
                ? throw new NumberTooLargeException($"over 256 bits: {Cut(text)}")
            : throw new FormatException($"no number: {Cut(text)}");
    }

    public static ulong Number64(JsonElement element)
    {
        UInt256 value = Number(element);
        return value.FitsUInt64 ? (ulong)value : throw new NumberTooLargeException($"over 64 bits: {value}");
    }

    public static UInt256 Number(JsonElement parent, string name, ulong otherwise) =>
        Find(parent, name) is JsonElement element ? Number(element) : otherwise;

    /// <summary>A JSON number that counts from zero.</summary>
    public static int Index(JsonElement parent, string name)
    {
        JsonElement element = Field(parent, name);
        Expect(element, JsonValueKind.Number, name);
        return element.TryGetInt32(out int index) && index >= 0
            ? index
            : throw new FormatException($"no index: {name} {Cut(element.GetRawText())}");
    }

    public static Address Address(JsonElement element) => Address(Text(element));

    public static Address Address(string text) =>
        Core.Primitives.Address.TryParse(text.ToLowerInvariant(), out Address address)
            ? address
            : throw new FormatException($"no address: {Cut(text)}");

    public static Hash32 Hash(JsonElement element) =>
        Hash32.TryParse(Text(element), out Hash32 hash) ? hash : throw new FormatException("no hash of 32 bytes");

    public static byte[] Bytes(JsonElement element) =>
        Hex.TryDecode(Text(element), MaxBytes, out byte[] bytes) ? bytes : throw new FormatException("no bytes in hex");

    public static string Text(JsonElement element)
    {
        Expect(element, JsonValueKind.String, "a field");
        return Readable(() => element.GetString()!);
    }

    /// <summary>Text of escapes that are half of a character only shows when it is read.</summary>
    private static T Readable<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException exception)
        {
            throw new FormatException("text that is no text", exception);
        }
    }

    private static void Expect(JsonElement element, JsonValueKind kind, string name)
    {
        if (element.ValueKind != kind)
        {
            throw new FormatException($"{name} is {element.ValueKind}, not {kind}");
        }
    }

    private static string Cut(string text) => text.Length <= MaxQuoted ? text : $"{text[..MaxQuoted]}...";
}
