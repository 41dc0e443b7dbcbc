using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm.Opcodes;

namespace EnergyChain.Vm.Tests;

/// <summary>Writes bytecode by hand.</summary>
internal sealed class CodeBuilder
{
    private readonly List<byte> _code = [];

    public int Length => _code.Count;

    /// <summary>Pushes words in order, so that the last one ends on top.</summary>
    public CodeBuilder Push(params UInt256[] words)
    {
        Span<byte> word = stackalloc byte[32];
        foreach (UInt256 value in words)
        {
            value.WriteBigEndian(word);
            ReadOnlySpan<byte> digits = word.TrimStart((byte)0);
            _code.Add((byte)((int)Opcode.Push0 + digits.Length));
            _code.AddRange(digits);
        }

        return this;
    }

    public CodeBuilder Push(Address address)
    {
        _code.Add((byte)Opcode.Push20);
        _code.AddRange(address.ToArray());
        return this;
    }

    public CodeBuilder Op(params Opcode[] opcodes)
    {
        _code.AddRange(opcodes.Select(static opcode => (byte)opcode));
        return this;
    }

    /// <summary>Returns the top word.</summary>
    public CodeBuilder ReturnTop() => Push(0).Op(Opcode.Mstore).Push(32, 0).Op(Opcode.Return);

    /// <summary>A call with all arguments, empty memory ranges; leaves the success flag.</summary>
    public CodeBuilder Call(Opcode opcode, Address to, ulong gas, ulong value = 0)
    {
        Push(0, 0, 0, 0);
        if (opcode is Opcode.Call or Opcode.Callcode)
        {
            Push(value);
        }

        return Push(to).Push(gas).Op(opcode);
    }

    /// <summary>Init code that deploys what was written so far.</summary>
    public byte[] Deployer()
    {
        CodeBuilder prologue = new();
        const int prologueBytes = 10;
        prologue._code.Add((byte)Opcode.Push2);
        prologue._code.AddRange([(byte)(Length >> 8), (byte)(Length & 0xFF)]);
        prologue.Op(Opcode.Dup1).Push(prologueBytes).Push(0).Op(Opcode.Codecopy).Push(0).Op(Opcode.Return);
        Assert.That(prologue.Length, Is.EqualTo(prologueBytes));
        return [.. prologue._code, .. _code];
    }

    public byte[] Build() => [.. _code];
}
