using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm.Opcodes;

namespace EnergyChain.Vm.Tests.Fuzzing;

/// <summary>Bytecode with labels, and the stack height that straight-line code has reached.</summary>
internal sealed class ProgramWriter
{
    private const int Unbound = -1;

    private readonly List<byte> _code = [];
    private readonly List<int> _labels = [];
    private readonly List<(int Position, int Label)> _references = [];

    /// <summary>Words on the stack at this point, as far as the writer can tell.</summary>
    public int Height { get; set; }

    public int Length => _code.Count;

    public int NewLabel()
    {
        _labels.Add(Unbound);
        return _labels.Count - 1;
    }

    /// <summary>The label stands for this position, which need not be a jump destination.</summary>
    public void Mark(int label) => _labels[label] = _code.Count;

    /// <summary>A jump destination at this position.</summary>
    public void Bind(int label)
    {
        Mark(label);
        Op(Opcode.Jumpdest);
    }

    public void PushLabel(int label)
    {
        _code.Add((byte)Opcode.Push2);
        _references.Add((_code.Count, label));
        _code.AddRange([0, 0]);
        Height++;
    }

    public void Push(UInt256 value)
    {
        Span<byte> word = stackalloc byte[32];
        value.WriteBigEndian(word);
        ReadOnlySpan<byte> digits = word.TrimStart((byte)0);
        _code.Add((byte)((int)Opcode.Push0 + digits.Length));
        _code.AddRange(digits);
        Height++;
    }

    public void Push(Address address)
    {
        _code.Add((byte)Opcode.Push20);
        _code.AddRange(address.ToArray());
        Height++;
    }

    public void Op(Opcode opcode)
    {
        OpcodeInfo info = OpcodeTable.Find((byte)opcode)!.Value;
        _code.Add((byte)opcode);
        Height += info.Pushes - info.Pops;
    }

    /// <summary>DUP1 to DUP16.</summary>
    public void Dup(int depth) => Op((Opcode)((int)Opcode.Dup1 + depth - 1));

    /// <summary>SWAP1 to SWAP16.</summary>
    public void Swap(int depth) => Op((Opcode)((int)Opcode.Swap1 + depth - 1));

    public void Data(ReadOnlySpan<byte> bytes) => _code.AddRange(bytes);

    /// <summary>The code; a label that was never bound is position 0xFFFF.</summary>
    public byte[] Build()
    {
        byte[] code = [.. _code];
        foreach ((int position, int label) in _references)
        {
            int target = _labels[label] == Unbound ? 0xFFFF : _labels[label];
            code[position] = (byte)(target >> 8);
            code[position + 1] = (byte)(target & 0xFF);
        }

        return code;
    }
}
