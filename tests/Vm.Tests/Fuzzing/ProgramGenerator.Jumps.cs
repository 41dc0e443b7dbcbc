using EnergyChain.Core.Numerics;
using EnergyChain.Vm.Opcodes;

namespace EnergyChain.Vm.Tests.Fuzzing;

/// <content>Jumps whose targets are not constants, and the ways to end.</content>
internal sealed partial class ProgramGenerator
{
    private const int Stride = 64;

    /// <summary>Parts of equal length: the target is base + index * length.</summary>
    private void StrideTable()
    {
        int parts = 1 << _random.Next(1, 4);
        int first = _writer.NewLabel();
        int end = _writer.NewLabel();
        Push();
        _writer.Push((UInt256)(ulong)(parts - 1));
        _writer.Op(Opcode.And);
        _writer.Push((UInt256)Stride);
        _writer.Op(Opcode.Mul);
        _writer.PushLabel(first);
        _writer.Op(Opcode.Add);
        _writer.Op(Opcode.Jump);
        int height = _writer.Height;
        _writer.Mark(first);
        for (int i = 0; i < parts; i++)
        {
            int start = _writer.Length;
            _writer.Op(Opcode.Jumpdest);
            for (int j = _random.Next(3); j > 0; j--)
            {
                _writer.Push((UInt256)(ulong)_random.Next(1, 1 << 16));
                _writer.Push((UInt256)(ulong)_random.Next(1, 1 << 16));
                _writer.Op(Any(Computations[..6]));
                _writer.Push((UInt256)(ulong)(_random.Next(8) * 32));
                _writer.Op(Opcode.Mstore);
            }

            Rebalance(height);
            _writer.PushLabel(end);
            _writer.Op(Opcode.Jump);
            while (_writer.Length < start + Stride)
            {
                _writer.Op(Opcode.Jumpdest);
            }

            _writer.Height = height;
        }

        _writer.Bind(end);
    }

    /// <summary>The targets lie in memory; one in some tens is wrong.</summary>
    private void MemoryTable()
    {
        int parts = 1 << _random.Next(1, 3);
        int end = _writer.NewLabel();
        int[] labels = new int[parts];
        for (int i = 0; i < parts; i++)
        {
            labels[i] = _writer.NewLabel();
            _writer.PushLabel(labels[i]);
            _writer.Push((UInt256)(ulong)(i * 32));
            _writer.Op(Opcode.Mstore);
        }

        Push();
        _writer.Push((UInt256)(ulong)((parts - 1) * 32));
        _writer.Op(Opcode.And);
        _writer.Op(Opcode.Mload);
        _writer.Op(Opcode.Jump);
        foreach (int label in labels)
        {
            if (Chance(97))
            {
                _writer.Bind(label);
            }
            else
            {
                _writer.Mark(label);
            }

            Body(_random.Next(4));
            if (Chance(70))
            {
                _writer.PushLabel(end);
                _writer.Op(Opcode.Jump);
            }
        }

        _writer.Bind(end);
    }

    /// <summary>A function called from several places, its return address on the stack.</summary>
    private void Subroutine()
    {
        int function = _writer.NewLabel();
        int end = _writer.NewLabel();
        for (int i = _random.Next(1, 5); i > 0; i--)
        {
            int back = _writer.NewLabel();
            _writer.PushLabel(back);
            Push();
            _writer.PushLabel(function);
            _writer.Op(Opcode.Jump);
            _writer.Height--;
            _writer.Bind(back);
            _writer.Op(Opcode.Pop);
            Body(_random.Next(2));
        }

        _writer.PushLabel(end);
        _writer.Op(Opcode.Jump);
        _writer.Height += 2;
        _writer.Bind(function);
        Body(_random.Next(1, 5));
        Push();
        _writer.Op(Any<Opcode>([Opcode.Add, Opcode.Mul, Opcode.Xor]));
        _writer.Swap(1);
        _writer.Op(Opcode.Jump);
        _writer.Height--;
        _writer.Bind(end);
    }

    /// <summary>One of the ways in which a frame can end, mostly behind a condition.</summary>
    private void Ending()
    {
        int height = _writer.Height;
        int end = _writer.NewLabel();
        if (Chance(85))
        {
            PushCondition();
            _writer.PushLabel(end);
            _writer.Op(Opcode.Jumpi);
        }

        switch (_random.Next(12))
        {
            case < 3:
                PushLength();
                PushOffset();
                _writer.Op(Opcode.Return);
                break;
            case < 6:
                PushLength();
                PushOffset();
                _writer.Op(Opcode.Revert);
                break;
            case 6:
                _writer.Op(Opcode.Stop);
                break;
            case 7:
                _writer.Data([Any<byte>([0x0C, 0x1E, 0x21, 0x4B, 0xA5, 0xEF, 0xF6, 0xFE])]);
                break;
            case 8:
                PushAccount(isCalled: false);
                _writer.Op(Opcode.Selfdestruct);
                break;
            case 9:
                // A destination inside a push, which is none.
                int inside = _writer.NewLabel();
                _writer.PushLabel(inside);
                _writer.Op(Opcode.Jump);
                _writer.Data([(byte)Opcode.Push1]);
                _writer.Mark(inside);
                _writer.Data([(byte)Opcode.Jumpdest]);
                break;
            case 10:
                _writer.Push(Word());
                _writer.Op(Opcode.Jump);
                break;
            default:
                Push();
                Push();
                Push();
                _writer.Op(Opcode.Returndatacopy);
                break;
        }

        _writer.Height = height;
        _writer.Bind(end);
    }
}
