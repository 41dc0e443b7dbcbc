using EnergyChain.Client.Model;
using EnergyChain.Contracts.Abi;

namespace EnergyChain.Wallet.Cli.Tracing;

/// <summary>Reads a trace with the help of ABIs.</summary>
internal static class TraceReading
{
    /// <summary>How the machine calls a call that took back what it did.</summary>
    public const string Reverted = "Revert";

    /// <summary>One step for each entry, in order.</summary>
    public static IReadOnlyList<TraceStep> Of(TraceInfo trace, AbiBook abis)
    {
        List<TraceStep> steps = new(trace.Entries.Count);
        Stack<TraceStep> open = [];
        foreach (TraceEntryInfo entry in trace.Entries)
        {
            while (open.Count > entry.Depth)
            {
                open.Pop();
            }

            open.TryPeek(out TraceStep? caller);
            TraceStep step = entry switch
            {
                TraceEntryInfo.Call call => OfCall(call, caller, abis),
                TraceEntryInfo.Event happening => OfEvent(happening, caller, abis),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
            steps.Add(step);
            if (entry is TraceEntryInfo.Call inner)
            {
                if (caller is not null)
                {
                    caller.OwnGas -= Math.Min(caller.OwnGas, inner.GasUsed.Value);
                }

                open.Push(step);
            }
        }

        return steps;
    }

    private static TraceStep OfCall(TraceEntryInfo.Call call, TraceStep? caller, AbiBook abis)
    {
        bool hasNoFunction =
            call.Kind is TracedCallKind.Create or TracedCallKind.Create2 or TracedCallKind.Selfdestruct;
        DecodedAbi? explained = hasNoFunction || PrecompileNames.Find(call.To) is not null
            ? null
            : abis.ExplainCall(call.To, call.Input.Span);
        IReadOnlyList<AbiValue>? results = null;
        bool isAnswered = call.Failure.Length == 0
            && explained?.Function is { } function
            && function.TryDecodeResult(call.Output.Span, out results);
        return new TraceStep(call, explained)
        {
            IsUndone = caller is { IsUndone: true } || call.Failure.Length > 0,
            OwnGas = call.GasUsed.Value,
            Results = isAnswered ? results : null,
            Error = call.Failure == Reverted ? abis.ExplainRevert(call.To, call.Output.Span) : null,
        };
    }

    private static TraceStep OfEvent(TraceEntryInfo.Event happening, TraceStep? caller, AbiBook abis) => new(
        happening, abis.ExplainEvent(happening.Log.Contract, happening.Log.Topics, happening.Log.Data.Span))
    {
        IsUndone = caller is { IsUndone: true },
    };
}
