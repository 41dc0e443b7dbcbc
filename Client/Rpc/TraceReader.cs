using EnergyChain.Client.Model;
using EnergyChain.Core.Primitives;
using static EnergyChain.Client.Rpc.AnswerFields;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Client.Rpc;

/// <summary>Messages of traces as the client's own types. What no execution can give is refused.</summary>
internal static class TraceReader
{
    /// <summary>The EVM calls no deeper; what it does lies one deeper.</summary>
    private const uint MaxDepth = 1_025;

    public static TraceInfo Trace(Proto.Trace trace)
    {
        List<TraceEntryInfo> entries = new(trace.Entries.Count);
        int deepestNext = 0;
        foreach (Proto.TraceEntry entry in trace.Entries)
        {
            bool isEvent = entry.WhatCase == Proto.TraceEntry.WhatOneofCase.Log;
            bool isLeaf = isEvent || entry is { Call.Kind: Proto.TracedCallKind.Selfdestruct };
            bool isFirst = entries.Count == 0;
            if (entry.Depth > Math.Min((uint)deepestNext, MaxDepth)
                || (entry.Depth == 0) != isFirst
                || (isFirst && isLeaf)
                || entry.WhatCase == Proto.TraceEntry.WhatOneofCase.None)
            {
                throw new NodeClientException(
                    NodeClientError.BadAnswer, "The node sent a trace whose entries do not fit each other.");
            }

            int depth = (int)entry.Depth;
            entries.Add(isEvent ? Event(entry.Log, depth) : Call(entry.Call, depth));
            deepestNext = isLeaf ? depth : depth + 1;
        }

        return new TraceInfo(
            new Height(trace.Height),
            trace.Succeeded,
            new Gas(trace.GasUsed),
            new Gas(trace.IntrinsicGas),
            new Gas(trace.GasRefunded),
            trace.Failure,
            trace.Truncated,
            entries);
    }

    public static CodeInfo Code(Proto.Code code) =>
        new(Address(code.Address), Hash(code.CodeHash), code.Code_.Memory, new Height(code.Height));

    // A node that does not tell the whole length yet leaves 0.
    private static TraceEntryInfo.Event Event(Proto.Log log, int depth) => new()
    {
        Depth = depth,
        Log = AnswerReader.Log(log),
        DataBytes = Math.Max(log.DataBytes, (uint)log.Data.Length),
    };

    private static TraceEntryInfo.Call Call(Proto.TracedCall call, int depth) => new()
    {
        Depth = depth,
        Kind = Enum.IsDefined(call.Kind) ? (TracedCallKind)(int)call.Kind : TracedCallKind.Unspecified,
        From = Address(call.From),
        To = Address(call.To),
        Value = Amount(call.Value),
        Gas = new Gas(call.Gas),
        GasUsed = new Gas(call.GasUsed),
        Input = call.Input.Memory,
        InputBytes = call.InputBytes,
        Output = call.Output.Memory,
        OutputBytes = call.OutputBytes,
        Failure = call.Failure,
        IsDeleted = call.Deleted,
    };
}
