using System.Text.Json;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Contracts.Abi;

/// <summary>Functions, events and errors of a contract. Overloads are not supported: ours have none.</summary>
public sealed class ContractAbi
{
    private static readonly AbiError Revert = new("Error", [new AbiParameter("reason", new AbiType.Text())]);
    private static readonly AbiError Panic = new("Panic", [new AbiParameter("code", new AbiType.UInt(256))]);

    private readonly Dictionary<string, AbiFunction> _functions;
    private readonly Dictionary<Hash32, AbiEvent> _events;
    private readonly AbiError[] _errors;

    private ContractAbi(
        Dictionary<string, AbiFunction> functions,
        Dictionary<Hash32, AbiEvent> events,
        AbiError[] errors)
    {
        _functions = functions;
        _events = events;
        _errors = errors;
    }

    public IEnumerable<AbiFunction> Functions => _functions.Values;

    public IEnumerable<AbiEvent> Events => _events.Values;

    public IReadOnlyList<AbiError> Errors => _errors;

    /// <summary>Throws <see cref="FormatException"/> for JSON that is no ABI.</summary>
    public static ContractAbi FromJson(JsonElement entries)
    {
        Dictionary<string, AbiFunction> functions = [];
        Dictionary<Hash32, AbiEvent> events = [];
        List<AbiError> errors = [];
        foreach (JsonElement entry in entries.EnumerateArray())
        {
            switch (AbiJson.KindOf(entry))
            {
                case "function":
                    AbiFunction function = AbiJson.ReadFunction(entry);
                    functions.Add(function.Name, function);
                    break;
                case "event":
                    AbiEvent happening = AbiJson.ReadEvent(entry);
                    events.Add(happening.Topic, happening);
                    break;
                case "error":
                    errors.Add(AbiJson.ReadError(entry));
                    break;
                default:
                    break;
            }
        }

        return new ContractAbi(functions, events, [.. errors]);
    }

    /// <summary>Throws <see cref="KeyNotFoundException"/> for a name the contract does not have.</summary>
    public AbiFunction Function(string name) => _functions[name];

    public AbiError Error(string name) =>
        _errors.FirstOrDefault(error => error.Name == name) ?? throw new KeyNotFoundException(name);

    public bool TryDecodeEvent(
        IReadOnlyList<Hash32> topics,
        ReadOnlySpan<byte> data,
        out string name,
        out IReadOnlyList<AbiValue> values)
    {
        name = string.Empty;
        values = [];
        if (topics.Count == 0 || !_events.TryGetValue(topics[0], out AbiEvent? happening))
        {
            return false;
        }

        name = happening.Name;
        return happening.TryDecode(topics, data, out values);
    }

    /// <summary>Finds the custom error, or Solidity's own Error(string) and Panic(uint256).</summary>
    public bool TryDecodeError(
        ReadOnlySpan<byte> returnData,
        out AbiError? error,
        out IReadOnlyList<AbiValue> arguments)
    {
        foreach (AbiError candidate in _errors.Append(Revert).Append(Panic))
        {
            if (candidate.TryDecode(returnData, out arguments))
            {
                error = candidate;
                return true;
            }
        }

        error = null;
        arguments = [];
        return false;
    }

    /// <summary>
    /// What a revert says, for a person: <c>GateClosed(slot: 7, gateClosure: 12, timeNow: 13)</c>. Unknown bytes are
    /// shown as hex, none as "no reason".
    /// </summary>
    public string DescribeError(ReadOnlySpan<byte> returnData)
    {
        const int shownBytes = 36;
        if (TryDecodeError(returnData, out AbiError? error, out IReadOnlyList<AbiValue> arguments))
        {
            return $"{error!.Name}{AbiText.Describe(error.Inputs, arguments)}";
        }

        return returnData.IsEmpty
            ? "reverted without a reason"
            : $"reverted with 0x{Convert.ToHexStringLower(returnData[..Math.Min(returnData.Length, shownBytes)])}";
    }
}
