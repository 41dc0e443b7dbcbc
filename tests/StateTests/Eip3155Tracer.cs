using System.Globalization;
using System.Text;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm;
using EnergyChain.Vm.Opcodes;
using EnergyChain.Vm.Tracing;

namespace EnergyChain.StateTests;

/// <summary>
/// Writes each step as a line of JSON, as EIP-3155 defines it. The gas cost of a call includes what it gives to the
/// called frame, and of a step that fails all that was left.
/// </summary>
internal sealed class Eip3155Tracer(TextWriter output) : ITracer
{
    private readonly StringBuilder _head = new();
    private readonly StringBuilder _tail = new();

    public void BeginCall(in TraceCall call)
    {
    }

    public void BeginStep(in TraceStep step)
    {
        _head.Clear();
        _tail.Clear();
        _head.Append(CultureInfo.InvariantCulture, $"{{\"pc\":{step.ProgramCounter},\"op\":{(byte)step.Opcode}");
        _head.Append(CultureInfo.InvariantCulture, $",\"gas\":\"0x{step.Gas:x}\",\"gasCost\":\"0x");
        _tail.Append(CultureInfo.InvariantCulture, $"\",\"memSize\":{step.Memory.Length},\"stack\":[");
        for (int i = 0; i < step.Stack.Length; i++)
        {
            _tail.Append(i == 0 ? "\"" : ",\"").Append(ToHex(step.Stack[i])).Append('"');
        }

        string name = OpcodeTable.Find((byte)step.Opcode)?.Name ?? "INVALID";
        _tail.Append(CultureInfo.InvariantCulture, $"],\"depth\":{step.Depth + 1}");
        _tail.Append(CultureInfo.InvariantCulture, $",\"returnData\":\"{Hex.Encode(step.ReturnData)}\"");
        _tail.Append(CultureInfo.InvariantCulture, $",\"refund\":\"{ToHex(step.Refund)}\",\"opName\":\"{name}\"");
    }

    public void EndStep(ulong gasCost, ExecutionStatus status)
    {
        _head.Append(CultureInfo.InvariantCulture, $"{gasCost:x}").Append(_tail);
        if (status is not (ExecutionStatus.Success or ExecutionStatus.Revert))
        {
            _head.Append(CultureInfo.InvariantCulture, $",\"error\":\"{status}\"");
        }

        output.WriteLine(_head.Append('}'));
    }

    public void EndCall(ExecutionStatus status, ulong gasUsed, ReadOnlySpan<byte> bytes)
    {
    }

    /// <summary>The line that follows the last step of a transaction.</summary>
    public void WriteSummary(Hash32 stateRoot, ExecutionResult? result, bool passed, string fork)
    {
        StringBuilder line = new();
        line.Append(CultureInfo.InvariantCulture, $"{{\"stateRoot\":\"{stateRoot}\"");
        string bytes = Hex.Encode(result is null ? [] : result.ReturnData.Span);
        line.Append(CultureInfo.InvariantCulture, $",\"output\":\"{bytes}\"");
        line.Append(CultureInfo.InvariantCulture, $",\"gasUsed\":\"0x{result?.GasUsed ?? 0:x}\"");
        line.Append(CultureInfo.InvariantCulture, $",\"pass\":{(passed ? "true" : "false")},\"fork\":\"{fork}\"");
        if (result is { IsSuccess: false })
        {
            line.Append(CultureInfo.InvariantCulture, $",\"error\":\"{result.Status}\"");
        }

        output.WriteLine(line.Append('}'));
        output.Flush();
    }

    /// <summary>It is below zero only inside calls that will be reverted.</summary>
    private static string ToHex(long refund) => refund < 0
        ? string.Create(CultureInfo.InvariantCulture, $"-0x{-refund:x}")
        : string.Create(CultureInfo.InvariantCulture, $"0x{refund:x}");

    private static string ToHex(UInt256 word)
    {
        Span<byte> bytes = stackalloc byte[32];
        word.WriteBigEndian(bytes);
        string digits = Convert.ToHexStringLower(bytes).TrimStart('0');
        return "0x" + (digits.Length == 0 ? "0" : digits);
    }
}
