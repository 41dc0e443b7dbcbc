using System.Globalization;
using EnergyChain.Client.Model;
using EnergyChain.Contracts.Abi;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Wallet.Cli.Tracing;

/// <summary>Calls and events in words, one line each. Long values are cut; --json has them whole.</summary>
internal sealed class TraceText(AccountNames names)
{
    private const int MaxValueLength = 72;
    private const int MaxStructLength = 320;
    private const int ShownBytes = 24;

    public static string NameOf(TracedCallKind kind) =>
        kind == TracedCallKind.Unspecified ? "?" : kind.ToString().ToLowerInvariant();

    /// <summary>Whom it calls and with what: <c>EnergyMarket.clear(slot: 5)</c>.</summary>
    public string Target(TraceStep step, TraceEntryInfo.Call call)
    {
        if (call.Kind is TracedCallKind.Create or TracedCallKind.Create2)
        {
            return $"{names.Of(call.To)} (init code of {call.InputBytes} bytes)";
        }

        string target = PrecompileNames.Find(call.To) is { } precompile
            ? $"precompile {precompile}"
            : names.Of(call.To);
        if (step.Explained is { } explained)
        {
            return $"{target}.{explained.Name}{Values(explained, call.Input.Span, call.InputBytes)}";
        }

        return call.InputBytes == 0 ? target : $"{target} {Bytes(call.Input.Span, call.InputBytes)}";
    }

    /// <summary>What came back; empty where nothing did.</summary>
    public string Result(TraceStep step, TraceEntryInfo.Call call)
    {
        if (call.Failure.Length > 0)
        {
            return Failure(step, call);
        }

        if (step.Results is { } results)
        {
            IReadOnlyList<AbiParameter> outputs = step.Explained!.Function!.Outputs;
            return outputs.Count == 0 ? "" : Values(outputs, results);
        }

        return call.OutputBytes == 0 ? "" : Bytes(call.Output.Span, call.OutputBytes);
    }

    /// <summary>Why a call failed.</summary>
    public string Failure(TraceStep step, TraceEntryInfo.Call call)
    {
        if (step.Error is { Values: { } values } error)
        {
            string meaning = error is { Contract: "", Name: "Panic" }
                ? ": " + PanicCodes.Describe(values[0].AsUInt256)
                : "";
            return $"{error.Name}{Values(error.Parameters, values)}{meaning}";
        }

        return call.OutputBytes == 0
            ? Words(call.Failure)
            : $"{Words(call.Failure)} {Bytes(call.Output.Span, call.OutputBytes)}";
    }

    /// <summary><c>EnergyMarket.OrderPlaced(id: 5, ...)</c>.</summary>
    public string Event(TraceStep step, TraceEntryInfo.Event happening)
    {
        LogInfo log = happening.Log;
        string emitter = names.Of(log.Contract);
        if (step.Explained is { } explained)
        {
            return $"{emitter}.{explained.Name}{Values(explained, log.Data.Span, happening.DataBytes)}";
        }

        string topics = string.Join(", ", log.Topics);
        return $"{emitter} topics [{topics}] data {Bytes(log.Data.Span, happening.DataBytes)}";
    }

    /// <summary>A number with its thousands apart.</summary>
    public static string Count(ulong number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>The account by its name, or its address.</summary>
    public string Account(Address address) => names.Of(address);

    private string Values(DecodedAbi explained, ReadOnlySpan<byte> bytes, uint whole) =>
        explained.Values is { } values ? Values(explained.Parameters, values) : $"({Bytes(bytes, whole)})";

    private string Values(IReadOnlyList<AbiParameter> parameters, IReadOnlyList<AbiValue> values) =>
        $"({string.Join(", ", parameters.Zip(values, Named))})";

    private string Named(AbiParameter parameter, AbiValue value)
    {
        string text = value switch
        {
            AbiValue.Account account => names.Of(account.Value),
            AbiValue.Sequence => Cut(AbiText.Describe(parameter.Type, value), MaxStructLength),
            _ => Cut(AbiText.Describe(parameter.Type, value), MaxValueLength),
        };
        return parameter.Name.Length == 0 ? text : $"{Cut(parameter.Name, MaxValueLength)}: {text}";
    }

    private static string Cut(string text, int length) =>
        text.Length <= length ? text : string.Concat(text.AsSpan(0, length - 3), "...");

    private static string Bytes(ReadOnlySpan<byte> bytes, uint whole) =>
        bytes.Length <= ShownBytes && whole == bytes.Length
            ? Hex.Encode(bytes)
            : $"{Hex.Encode(bytes[..Math.Min(bytes.Length, ShownBytes)])}... ({whole} bytes)";

    /// <summary>"OutOfGas" as "out of gas".</summary>
    private static string Words(string name) => string.Concat(name.Select((letter, index) =>
        char.IsAsciiLetterUpper(letter) && index > 0 ? " " + char.ToLowerInvariant(letter)
        : char.ToLowerInvariant(letter).ToString()));
}
