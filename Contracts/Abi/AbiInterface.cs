using System.Text.Json;

namespace EnergyChain.Contracts.Abi;

/// <summary>
/// Functions, events and errors of any contract, overloads included: what a tool needs to read calls it did not make.
/// </summary>
public sealed class AbiInterface
{
    private AbiInterface(
        string contract,
        IReadOnlyList<AbiFunction> functions,
        IReadOnlyList<AbiEvent> events,
        IReadOnlyList<AbiError> errors)
    {
        Contract = contract;
        Functions = functions;
        Events = events;
        Errors = errors;
    }

    /// <summary>The contract's name.</summary>
    public string Contract { get; }

    public IReadOnlyList<AbiFunction> Functions { get; }

    /// <summary>Without the anonymous ones, which no topic names.</summary>
    public IReadOnlyList<AbiEvent> Events { get; }

    public IReadOnlyList<AbiError> Errors { get; }

    public static AbiInterface Of(ContractArtifact artifact) => new(
        artifact.ContractName, [.. artifact.Abi.Functions], [.. artifact.Abi.Events], artifact.Abi.Errors);

    /// <summary>
    /// Reads a plain ABI array, or an artifact of solc, Hardhat or Foundry, which holds one as "abi". Throws
    /// <see cref="FormatException"/> for anything else.
    /// </summary>
    /// <param name="contract">Its name where the JSON has none.</param>
    /// <param name="json">The document.</param>
    public static AbiInterface Read(string contract, JsonElement json)
    {
        JsonElement entries = json;
        string name = contract;
        if (json.ValueKind == JsonValueKind.Object)
        {
            string named = AbiJson.OptionalText(json, "contractName") ?? "";
            name = named.Length > 0 && AbiJson.IsIdentifier(named) ? named : contract;
            entries = json.TryGetProperty("abi", out JsonElement abi) ? abi : default;
        }

        if (entries.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException("It is neither an ABI array nor an artifact with one as \"abi\".");
        }

        if (entries.GetArrayLength() > AbiLimits.MaxEntries)
        {
            throw new FormatException($"Its ABI has over {AbiLimits.MaxEntries} entries.");
        }

        return ReadEntries(name, entries);
    }

    private static AbiInterface ReadEntries(string contract, JsonElement entries)
    {
        List<AbiFunction> functions = [];
        List<AbiEvent> events = [];
        List<AbiError> errors = [];
        foreach (JsonElement entry in entries.EnumerateArray())
        {
            switch (AbiJson.KindOf(entry))
            {
                case "function":
                    functions.Add(AbiJson.ReadFunction(entry));
                    break;
                case "event" when !AbiJson.IsSet(entry, "anonymous"):
                    events.Add(AbiJson.ReadEvent(entry));
                    break;
                case "error":
                    errors.Add(AbiJson.ReadError(entry));
                    break;
                default:
                    break;
            }
        }

        return new AbiInterface(contract, functions, events, errors);
    }
}
