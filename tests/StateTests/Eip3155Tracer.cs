using System.Globalization;
using System.Text;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm;
using EnergyChain.Vm.Opcodes;
using EnergyChain.Vm.Tracing;

namespace EnergyChain.StateTests;

/// <summary>Writes each step as a line of JSON, as EIP-3155 defines it, and a summary line at the end.</summary>
internal sealed class Eip3155Tracer(TextWriter output) : ITracer
{
    private string _waiting = string.Empty;
    private int _depth;

    public void BeginCall(in TraceCall call) => _depth++;

    public void BeginStep(in TraceStep step)
    {
        StringBuilder line = new();
        line.Append(CultureInfo.InvariantCulture, $"{{\"pc\":{step.ProgramCounter},\"op\":{(byte)step.Opcode}");
        line.Append(CultureInfo.InvariantCulture, $",\"gas\":\"0x{step.Gas:x}\",\"gasCost\":\"0x%\",\"stack\":[");
        for (int i = 0; i < step.Stack.Length; i++)
        {
            line.Append(i == 0 ? "\"" : ",\"").Append(ToHex(step.Stack[i])).Append('"');
        }

        string name = OpcodeTable.Find((byte)step.Opcode)?.Name ?? "INVALID";
        line.Append(CultureInfo.InvariantCulture, $"],\"depth\":{step.Depth + 1},\"memSize\":{step.Memory.Length}");
        line.Append(CultureInfo.InvariantCulture, $",\"refund\":{step.Refund},\"opName\":\"{name}\"}}");
        _waiting = line.ToString();
    }

    public void EndStep(ulong gasCost, ExecutionStatus status) => output.WriteLine(
        _waiting.Replace("0x%", "0x" + gasCost.ToString("x", CultureInfo.InvariantCulture), StringComparison.Ordinal));

    public void EndCall(ExecutionStatus status, ulong gasUsed, ReadOnlySpan<byte> bytes)
    {
        _depth--;
        if (_depth == 0)
        {
            string text = status == ExecutionStatus.Success ? string.Empty : $",\"error\":\"{status}\"";
            output.WriteLine($"{{\"output\":\"{Hex.Encode(bytes)}\",\"gasUsed\":\"0x{gasUsed:x}\"{text}}}");
        }
    }

    private static string ToHex(UInt256 word)
    {
        Span<byte> bytes = stackalloc byte[32];
        word.WriteBigEndian(bytes);
        string digits = Convert.ToHexStringLower(bytes).TrimStart('0');
        return "0x" + (digits.Length == 0 ? "0" : digits);
    }
}
