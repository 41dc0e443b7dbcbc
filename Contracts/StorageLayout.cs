using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace EnergyChain.Contracts;

/// <summary>Where a contract keeps its state variables, as solc's storageLayout output says.</summary>
public sealed class StorageLayout
{
    private readonly Dictionary<string, StorageVariable> _variables;
    private readonly Dictionary<string, StorageType> _types;

    private StorageLayout(Dictionary<string, StorageVariable> variables, Dictionary<string, StorageType> types)
    {
        _variables = variables;
        _types = types;
    }

    /// <summary>Throws <see cref="KeyNotFoundException"/> for a label the contract does not have.</summary>
    public StorageVariable Variable(string label) => _variables[label];

    public StorageType Type(string name) => _types[name];

    internal static StorageLayout FromJson(JsonElement layout)
    {
        Dictionary<string, StorageType> types = [];
        foreach (JsonProperty type in layout.GetProperty("types").EnumerateObject())
        {
            string? value = Optional(type.Value, "value") ?? Optional(type.Value, "base");
            StorageVariable[] members = type.Value.TryGetProperty("members", out JsonElement found)
                ? [.. found.EnumerateArray().Select(ReadVariable)]
                : [];
            types.Add(type.Name, new StorageType(Required(type.Value, "encoding"), Bytes(type.Value), value, members));
        }

        Dictionary<string, StorageVariable> variables = layout.GetProperty("storage").EnumerateArray()
            .Select(ReadVariable)
            .ToDictionary(variable => variable.Label, StringComparer.Ordinal);
        return new StorageLayout(variables, types);
    }

    private static StorageVariable ReadVariable(JsonElement entry) => new(
        Required(entry, "label"),
        BigInteger.Parse(Required(entry, "slot"), CultureInfo.InvariantCulture),
        entry.GetProperty("offset").GetInt32(),
        Required(entry, "type"));

    private static int Bytes(JsonElement type) =>
        int.Parse(Required(type, "numberOfBytes"), NumberStyles.None, CultureInfo.InvariantCulture);

    private static string Required(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static string? Optional(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}
