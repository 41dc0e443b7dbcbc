using System.Globalization;
using System.Text.Json;

namespace EnergyChain.Contracts.Abi;

/// <summary>
/// Reads the JSON ABI of solc, which may be anybody's. Throws <see cref="FormatException"/> for what is no ABI, a type
/// it does not know, and what is over <see cref="AbiLimits"/>.
/// </summary>
internal static class AbiJson
{
    internal static AbiFunction ReadFunction(JsonElement entry)
    {
        string mutability = OptionalText(entry, "stateMutability") ?? "nonpayable";
        return new AbiFunction(
            Name(entry),
            ReadParameters(entry, "inputs"),
            ReadParameters(entry, "outputs"),
            mutability == "payable",
            mutability is "view" or "pure");
    }

    internal static AbiEvent ReadEvent(JsonElement entry) => new(Name(entry), ReadParameters(entry, "inputs"));

    internal static AbiError ReadError(JsonElement entry) => new(Name(entry), ReadParameters(entry, "inputs"));

    /// <summary>"function", "event", "error" or another word.</summary>
    internal static string KindOf(JsonElement entry) => OptionalText(entry, "type") ?? "function";

    internal static bool IsSet(JsonElement entry, string name) =>
        Member(entry, name) is { ValueKind: JsonValueKind.True };

    private static AbiParameter[] ReadParameters(JsonElement entry, string name)
    {
        JsonElement? list = Member(entry, name);
        if (list is null)
        {
            return [];
        }

        if (list.Value.ValueKind != JsonValueKind.Array || list.Value.GetArrayLength() > AbiLimits.MaxParameters)
        {
            throw new FormatException($"'{name}' is no list of at most {AbiLimits.MaxParameters} parameters.");
        }

        AbiParameter[] parameters = [.. list.Value.EnumerateArray().Select(ReadParameter)];
        RequireHead(parameters.Sum(parameter => (long)parameter.Type.HeadSize));
        return parameters;
    }

    private static AbiParameter ReadParameter(JsonElement parameter)
    {
        AbiParameter[] components = ReadParameters(parameter, "components");
        string type = OptionalText(parameter, "type") ?? throw new FormatException("A parameter has no type.");
        return new AbiParameter(
            ParameterName(parameter), ReadType(type, components, 0), IsSet(parameter, "indexed"));
    }

    private static AbiType ReadType(string name, AbiParameter[] components, int depth)
    {
        if (name.EndsWith(']'))
        {
            int open = name.LastIndexOf('[');
            if (open < 0 || depth == AbiLimits.MaxTypeDepth)
            {
                throw new FormatException($"'{name}' is no ABI type, or too deep a one.");
            }

            AbiType element = ReadType(name[..open], components, depth + 1);
            ReadOnlySpan<char> length = name.AsSpan((open + 1)..^1);
            return Bounded(length.IsEmpty ? new AbiType.List(element) : FixedArray(element, length));
        }

        return name switch
        {
            "tuple" => Bounded(Tuple(components)),
            "bool" => new AbiType.Bool(),
            "address" => new AbiType.Account(),
            "bytes" => new AbiType.Bytes(),
            "string" => new AbiType.Text(),
            "function" => new AbiType.FixedBytes(24),
            _ when name.StartsWith("uint", StringComparison.Ordinal) => new AbiType.UInt(Bits(name.AsSpan(4))),
            _ when name.StartsWith("int", StringComparison.Ordinal) => new AbiType.Int(Bits(name.AsSpan(3))),
            _ when name.StartsWith("bytes", StringComparison.Ordinal) =>
                new AbiType.FixedBytes(Number(name.AsSpan(5), 1, AbiType.WordSize)),
            _ => throw new FormatException($"'{name}' is no ABI type."),
        };
    }

    private static AbiType.Tuple Tuple(AbiParameter[] components) => components.Length > 0
        ? new AbiType.Tuple(components)
        : throw new FormatException("A struct has no components.");

    private static AbiType.FixedArray FixedArray(AbiType element, ReadOnlySpan<char> length)
    {
        int items = Number(length, 1, AbiLimits.MaxFixedLength);
        RequireHead((long)element.HeadSize * items);
        return new AbiType.FixedArray(element, items);
    }

    private static AbiType Bounded(AbiType type)
    {
        RequireHead(type.HeadSize);
        return type.Depth <= AbiLimits.MaxTypeDepth
            ? type
            : throw new FormatException($"Arrays and structs lie more than {AbiLimits.MaxTypeDepth} deep.");
    }

    private static void RequireHead(long bytes)
    {
        if (bytes > AbiLimits.MaxHeadBytes)
        {
            throw new FormatException($"A type takes {bytes} bytes; at most {AbiLimits.MaxHeadBytes} are read.");
        }
    }

    private static string Name(JsonElement entry) =>
        OptionalText(entry, "name") is { Length: > 0 } name && IsIdentifier(name)
            ? name
            : throw new FormatException(
                $"A function, event or error has no name of 1 to {AbiLimits.MaxNameLength} letters, digits, _ and $.");

    private static string ParameterName(JsonElement parameter)
    {
        string name = OptionalText(parameter, "name") ?? "";
        return IsIdentifier(name)
            ? name
            : throw new FormatException(
                $"The name of a parameter is not of at most {AbiLimits.MaxNameLength} letters, digits, _ and $.");
    }

    /// <summary>What the languages allow, and so nothing that would steer a terminal.</summary>
    internal static bool IsIdentifier(string name) =>
        name.Length <= AbiLimits.MaxNameLength
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '$');

    internal static string? OptionalText(JsonElement entry, string name)
    {
        if (Member(entry, name) is not { ValueKind: JsonValueKind.String } text)
        {
            return null;
        }

        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            throw new FormatException($"'{name}' is no text: it has half of a surrogate pair.");
        }
    }

    private static JsonElement? Member(JsonElement entry, string name)
    {
        if (entry.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("An entry of the ABI is no object.");
        }

        return entry.TryGetProperty(name, out JsonElement value) ? value : null;
    }

    private static int Bits(ReadOnlySpan<char> digits)
    {
        int bits = digits.IsEmpty ? 256 : Number(digits, 8, 256);
        return bits % 8 == 0 ? bits : throw new FormatException($"There is no integer of {bits} bits.");
    }

    private static int Number(ReadOnlySpan<char> digits, int least, int most) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && number >= least
            && number <= most
            ? number
            : throw new FormatException($"'{digits}' is no number from {least} to {most}.");
}
