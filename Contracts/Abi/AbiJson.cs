using System.Globalization;
using System.Text.Json;

namespace EnergyChain.Contracts.Abi;

/// <summary>Reads the JSON ABI of solc. Throws <see cref="FormatException"/> for a type it does not know.</summary>
internal static class AbiJson
{
    internal static AbiFunction ReadFunction(JsonElement entry)
    {
        string mutability = entry.GetProperty("stateMutability").GetString()!;
        return new AbiFunction(
            Name(entry),
            ReadParameters(entry.GetProperty("inputs")),
            ReadParameters(entry.GetProperty("outputs")),
            mutability == "payable",
            mutability is "view" or "pure");
    }

    internal static AbiEvent ReadEvent(JsonElement entry) =>
        new(Name(entry), ReadParameters(entry.GetProperty("inputs")));

    internal static AbiError ReadError(JsonElement entry) =>
        new(Name(entry), ReadParameters(entry.GetProperty("inputs")));

    private static AbiParameter[] ReadParameters(JsonElement parameters) =>
        [.. parameters.EnumerateArray().Select(ReadParameter)];

    private static AbiParameter ReadParameter(JsonElement parameter)
    {
        AbiParameter[] components = parameter.TryGetProperty("components", out JsonElement inner)
            ? ReadParameters(inner)
            : [];
        bool isIndexed = parameter.TryGetProperty("indexed", out JsonElement indexed) && indexed.GetBoolean();
        AbiType type = ReadType(parameter.GetProperty("type").GetString()!, components);
        return new AbiParameter(Name(parameter), type, isIndexed);
    }

    private static AbiType ReadType(string name, AbiParameter[] components)
    {
        if (name.EndsWith(']'))
        {
            int open = name.LastIndexOf('[');
            AbiType element = ReadType(name[..open], components);
            string length = name[(open + 1)..^1];
            return length.Length == 0 ? new AbiType.List(element) : new AbiType.FixedArray(element, Number(length));
        }

        return name switch
        {
            "tuple" => new AbiType.Tuple(components),
            "bool" => new AbiType.Bool(),
            "address" => new AbiType.Account(),
            "bytes" => new AbiType.Bytes(),
            "string" => new AbiType.Text(),
            _ when name.StartsWith("uint", StringComparison.Ordinal) => new AbiType.UInt(Number(name[4..])),
            _ when name.StartsWith("int", StringComparison.Ordinal) => new AbiType.Int(Number(name[3..])),
            _ when name.StartsWith("bytes", StringComparison.Ordinal) => new AbiType.FixedBytes(Number(name[5..])),
            _ => throw new FormatException($"'{name}' is no ABI type."),
        };
    }

    private static string Name(JsonElement entry) => entry.GetProperty("name").GetString()!;

    private static int Number(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
