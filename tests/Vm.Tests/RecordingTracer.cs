using EnergyChain.Core.Chain;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm.Tracing;

namespace EnergyChain.Vm.Tests;

/// <summary>Writes down calls, logs, self-destructs and ends in order, one word each.</summary>
internal sealed class RecordingTracer : ITracer
{
    public List<string> Seen { get; } = [];

    public void BeginCall(in TraceCall call) => Seen.Add($"{call.Kind}@{call.Depth}");

    public void BeginStep(in TraceStep step)
    {
    }

    public void EndStep(ulong gasCost, ExecutionStatus status)
    {
    }

    public void Log(LogEntry entry) => Seen.Add($"Log{entry.Topics.Count}");

    public void Selfdestruct(Address contract, Address beneficiary, in UInt256 balance, bool isDeleted) =>
        Seen.Add($"Selfdestruct {contract} {beneficiary} {balance}{(isDeleted ? " deleted" : "")}");

    public void EndCall(ExecutionStatus status, ulong gasUsed, ReadOnlySpan<byte> output) => Seen.Add($"{status}");
}
