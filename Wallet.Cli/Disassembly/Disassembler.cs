using System.Buffers.Binary;
using System.Globalization;
using EnergyChain.Contracts.Abi;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm.Opcodes;

namespace EnergyChain.Wallet.Cli.Disassembly;

/// <summary>
/// Takes code apart by the machine's own opcode table. Any bytes give lines, and the lines give the bytes.
/// </summary>
/// <param name="abis">Explains selectors, topics and addresses.</param>
internal sealed class Disassembler(AbiBook abis)
{
    private const int DataLineBytes = 32;

    public IReadOnlyList<CodeLine> Read(ReadOnlyMemory<byte> code)
    {
        List<CodeLine> lines = [];
        CodeMetadata? metadata = CodeMetadata.Find(code.Span);
        int end = metadata?.Start ?? code.Length;
        int position = 0;
        while (position < end)
        {
            CodeLine line = LineAt(code, position);
            lines.Add(line);
            position += line.Bytes.Length;
        }

        // Where a push reaches into it, the machine reads the tail as code, and so do we.
        bool isTail = metadata is not null && position == end;
        while (position < code.Length)
        {
            CodeLine line = isTail ? DataAt(code, position, metadata!) : LineAt(code, position);
            lines.Add(line);
            position += line.Bytes.Length;
        }

        return WithJumps(lines);
    }

    private static CodeLine DataAt(ReadOnlyMemory<byte> code, int position, CodeMetadata metadata) =>
        new(position, code.Slice(position, Math.Min(DataLineBytes, code.Length - position)), CodeLine.Data)
        {
            Note = position == metadata.Start ? metadata.Text : "",
        };

    private CodeLine LineAt(ReadOnlyMemory<byte> code, int position)
    {
        byte opcode = code.Span[position];
        if (OpcodeTable.Find(opcode) is not { } info)
        {
            return new CodeLine(position, code.Slice(position, 1), CodeLine.Invalid)
            {
                Note = $"0x{opcode:x2} is no opcode",
            };
        }

        int present = Math.Min(info.ImmediateBytes, code.Length - position - 1);
        ReadOnlyMemory<byte> operand = code.Slice(position + 1, present);
        int missing = info.ImmediateBytes - present;
        return new CodeLine(position, code.Slice(position, 1 + present), info.Name)
        {
            Operand = operand,
            MissingBytes = missing,
            Gas = info.Gas,
            IsJumpDestination = opcode == (byte)Opcode.Jumpdest,
            Note = missing switch
            {
                0 => Meaning((Opcode)opcode, operand.Span),
                1 => "the code ends 1 byte early",
                _ => $"the code ends {missing} bytes early",
            },
        };
    }

    private string Meaning(Opcode opcode, ReadOnlySpan<byte> operand)
    {
        switch (opcode)
        {
            // A selector that starts with a zero byte is pushed with three.
            case Opcode.Push3 or Opcode.Push4:
                Span<byte> selector = stackalloc byte[AbiFunction.SelectorSize];
                operand.CopyTo(selector[^operand.Length..]);
                return abis.SignatureOf(BinaryPrimitives.ReadUInt32BigEndian(selector)) ?? "";
            case Opcode.Push20:
                return abis.Names.GetValueOrDefault(new Address(operand)) ?? "";
            case Opcode.Push32:
                return abis.SignatureOf(new Hash32(operand)) ?? "";
            default:
                return "";
        }
    }

    /// <summary>Says of a jump whose target was just pushed where it goes.</summary>
    private static List<CodeLine> WithJumps(List<CodeLine> lines)
    {
        HashSet<long> destinations =
            [.. lines.Where(line => line.IsJumpDestination).Select(line => (long)line.Position)];
        for (int i = 1; i < lines.Count; i++)
        {
            bool isJump = lines[i].Mnemonic is "JUMP" or "JUMPI";
            ReadOnlySpan<byte> pushed = lines[i - 1].Operand.Span;
            if (isJump && pushed.Length is >= 1 and <= 4 && lines[i - 1].MissingBytes == 0)
            {
                long target = long.Parse(
                    Hex.Encode(pushed).AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                string note = $"to 0x{target:x4}";
                lines[i] = lines[i] with
                {
                    Note = destinations.Contains(target) ? note : note + ", which is no jump destination",
                };
            }
        }

        return lines;
    }
}
