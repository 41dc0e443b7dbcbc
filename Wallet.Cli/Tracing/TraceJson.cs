using EnergyChain.Client.Model;
using EnergyChain.Contracts.Abi;

namespace EnergyChain.Wallet.Cli.Tracing;

/// <summary>Calls and events for machines: whole, flat and in order, each with its depth.</summary>
internal static class TraceJson
{
    public static object Of(TraceStep step, AccountNames names) => step.Entry switch
    {
        TraceEntryInfo.Call call => OfCall(step, call, names),
        TraceEntryInfo.Event happening => OfEvent(step, happening, names),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static object OfCall(TraceStep step, TraceEntryInfo.Call call, AccountNames names) => new
    {
        call.Depth,
        Type = "call",
        call.Kind,
        call.From,
        call.To,
        Name = names.Find(call.To),
        call.Value,
        Function = step.Explained?.Name,
        Arguments = Arguments(step.Explained),
        call.Input,
        call.InputBytes,
        Results = step.Results is { } results
            ? AbiJsonValues.Of(step.Explained!.Function!.Outputs, results)
            : null,
        call.Output,
        call.OutputBytes,
        Failure = call.Failure.Length > 0 ? call.Failure : null,
        Error = step.Error?.Name,
        ErrorArguments = Arguments(step.Error),
        call.Gas,
        call.GasUsed,
        step.OwnGas,
        Deleted = call.Kind == TracedCallKind.Selfdestruct ? call.IsDeleted : (bool?)null,
        Undone = step.IsUndone,
    };

    private static object OfEvent(TraceStep step, TraceEntryInfo.Event happening, AccountNames names) => new
    {
        happening.Depth,
        Type = "event",
        happening.Log.Contract,
        Name = names.Find(happening.Log.Contract),
        Event = step.Explained?.Name,
        Arguments = Arguments(step.Explained),
        happening.Log.Topics,
        happening.Log.Data,
        happening.DataBytes,
        Undone = step.IsUndone,
    };

    private static IReadOnlyList<object>? Arguments(DecodedAbi? explained) =>
        explained?.Values is { } values ? AbiJsonValues.Of(explained.Parameters, values) : null;
}
