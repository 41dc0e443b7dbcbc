using EnergyChain.Core.Chain;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm;
using EnergyChain.Vm.Tracing;
using Google.Protobuf;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Node.Api;

/// <summary>Writes calls and events down as an answer of the API, within its bounds. For one execution.</summary>
internal sealed class TraceRecorder : ITracer
{
    private readonly Proto.Trace _trace;
    private readonly Stack<Proto.TracedCall?> _open = [];
    private int _calls;
    private int _logs;
    private int _bytesLeft = ApiLimits.MaxTraceBytes;

    /// <param name="trace">Gets the entries.</param>
    public TraceRecorder(Proto.Trace trace) => _trace = trace;

    /// <summary>Gas of the outermost call.</summary>
    public ulong GasUsed { get; private set; }

    public void BeginCall(in TraceCall call)
    {
        if (!TryCountCall())
        {
            _open.Push(null);
            return;
        }

        Proto.TracedCall message = new()
        {
            Kind = (Proto.TracedCallKind)((int)call.Kind + 1),
            From = call.From.ToString(),
            To = call.To.ToString(),
            Value = call.Value.ToString(),
            Gas = call.Gas,
            Input = Cut(call.Input),
            InputBytes = (uint)call.Input.Length,
        };
        _trace.Entries.Add(new Proto.TraceEntry { Depth = (uint)_open.Count, Call = message });
        _open.Push(message);
    }

    public void BeginStep(in TraceStep step)
    {
    }

    public void EndStep(ulong gasCost, ExecutionStatus status)
    {
    }

    public void Log(LogEntry entry)
    {
        // An event of a call that was left out has no place.
        if (_logs == ApiLimits.MaxTraceLogs || _open.Peek() is null)
        {
            _trace.Truncated = true;
            return;
        }

        _logs++;
        Proto.Log message = ApiMessages.Log(entry);
        message.Data = Cut(entry.Data.Span);
        message.DataBytes = (uint)entry.Data.Length;
        message.LogIndex = (uint)(_logs - 1);
        _trace.Entries.Add(new Proto.TraceEntry { Depth = (uint)_open.Count, Log = message });
    }

    public void Selfdestruct(Address contract, Address beneficiary, in UInt256 balance, bool isDeleted)
    {
        if (!TryCountCall())
        {
            return;
        }

        Proto.TracedCall message = new()
        {
            Kind = Proto.TracedCallKind.Selfdestruct,
            From = contract.ToString(),
            To = beneficiary.ToString(),
            Value = balance.ToString(),
            Deleted = isDeleted,
        };
        _trace.Entries.Add(new Proto.TraceEntry { Depth = (uint)_open.Count, Call = message });
    }

    public void EndCall(ExecutionStatus status, ulong gasUsed, ReadOnlySpan<byte> output)
    {
        GasUsed = gasUsed;
        if (_open.Pop() is { } call)
        {
            call.GasUsed = gasUsed;
            call.Output = Cut(output);
            call.OutputBytes = (uint)output.Length;
            call.Failure = status == ExecutionStatus.Success ? "" : status.ToString();
        }
    }

    /// <summary>Counts a call with its caller and with the trace; false where the trace has no room for it.</summary>
    private bool TryCountCall()
    {
        if (_open.TryPeek(out Proto.TracedCall? caller) && caller is not null)
        {
            caller.Calls++;
        }

        if (_calls == ApiLimits.MaxTraceCalls)
        {
            _trace.Truncated = true;
            return false;
        }

        _calls++;
        return true;
    }

    private ByteString Cut(ReadOnlySpan<byte> data)
    {
        int kept = Math.Min(data.Length, Math.Min(ApiLimits.MaxTraceDataBytes, _bytesLeft));
        _trace.Truncated |= kept < data.Length;
        _bytesLeft -= kept;
        return ByteString.CopyFrom(data[..kept]);
    }
}
