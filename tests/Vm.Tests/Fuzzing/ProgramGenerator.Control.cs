using EnergyChain.Core.Numerics;
using EnergyChain.Vm.Opcodes;

namespace EnergyChain.Vm.Tests.Fuzzing;

/// <content>Control flow. Every statement here leaves the stack as high as it found it.</content>
internal sealed partial class ProgramGenerator
{
    private void Control()
    {
        if (_loopDepth > 2)
        {
            Branch();
            return;
        }

        bool isLoop = _shape == ProgramShape.Jumps ? Chance(25) : Chance(60);
        if (isLoop)
        {
            _loopDepth++;
            Loop();
            _loopDepth--;
            return;
        }

        switch (_random.Next(10))
        {
            case < 4:
                Branch();
                break;
            case < 6:
                StrideTable();
                break;
            case < 8:
                MemoryTable();
                break;
            default:
                Subroutine();
                break;
        }
    }

    private void Loop()
    {
        switch (_random.Next(20))
        {
            case < 9:
                CountedLoop(entersInTheMiddle: false);
                break;
            case < 13:
                CountedLoop(entersInTheMiddle: true);
                break;
            case < 16:
                ConditionFirstLoop();
                break;
            case < 18:
                ChaoticLoop();
                break;
            case 18:
                UnbalancedLoop();
                break;
            default:
                EndlessLoop();
                break;
        }
    }

    /// <summary>Statements that leave the stack as it was.</summary>
    private void Body(int statements)
    {
        int height = _writer.Height;
        Statements(statements, height);
        Rebalance(height);
    }

    private void Branch()
    {
        int otherwise = _writer.NewLabel();
        int end = _writer.NewLabel();
        PushCondition();
        _writer.PushLabel(otherwise);
        _writer.Op(Opcode.Jumpi);
        Body(_random.Next(5));
        _writer.PushLabel(end);
        _writer.Op(Opcode.Jump);
        _writer.Bind(otherwise);
        Body(_random.Next(5));
        _writer.Bind(end);
    }

    private void PushCondition()
    {
        Push();
        if (Chance(60))
        {
            Push();
            _writer.Op(Any<Opcode>([Opcode.Lt, Opcode.Gt, Opcode.Eq, Opcode.Slt, Opcode.And, Opcode.Sub]));
        }
    }

    /// <summary>How often a loop turns: a constant, or what the call data says.</summary>
    private void PushTurns()
    {
        int choice = _random.Next(100);
        bool isOutermost = _loopDepth == 1;
        if (choice < 20)
        {
            _writer.Push((UInt256)(ulong)(_random.Next(3) * 32));
            _writer.Op(Opcode.Calldataload);
            _writer.Push((UInt256)(isOutermost ? 0x3FFUL : 7));
            _writer.Op(Opcode.And);
            _writer.Push(UInt256.One);
            _writer.Op(Opcode.Add);
            return;
        }

        _writer.Push((UInt256)(ulong)(choice < 60 || !isOutermost ? _random.Next(1, 9)
            : choice < 85 ? _random.Next(50, 400)
            : _random.Next(1_000, 4_000)));
    }

    private void CountedLoop(bool entersInTheMiddle)
    {
        int top = _writer.NewLabel();
        int middle = _writer.NewLabel();
        PushTurns();
        if (entersInTheMiddle)
        {
            _writer.PushLabel(middle);
            _writer.Op(Opcode.Jump);
        }

        _writer.Bind(top);
        Body(_random.Next(4));
        _writer.Bind(middle);
        Body(_random.Next(1, 5));
        _writer.Push(UInt256.One);
        _writer.Swap(1);
        _writer.Op(Opcode.Sub);
        _writer.Dup(1);
        _writer.PushLabel(top);
        _writer.Op(Opcode.Jumpi);
        _writer.Op(Opcode.Pop);
    }

    private void ConditionFirstLoop()
    {
        int top = _writer.NewLabel();
        int end = _writer.NewLabel();
        PushTurns();
        _writer.Bind(top);
        _writer.Dup(1);
        _writer.Op(Opcode.Iszero);
        _writer.PushLabel(end);
        _writer.Op(Opcode.Jumpi);
        Body(_random.Next(1, 6));
        _writer.Push(UInt256.MaxValue);
        _writer.Op(Opcode.Add);
        _writer.PushLabel(top);
        _writer.Op(Opcode.Jump);
        _writer.Bind(end);
        _writer.Op(Opcode.Pop);
    }

    /// <summary>A counter, and a state that chooses the part of the body to go on with: two bits a turn.</summary>
    private void ChaoticLoop()
    {
        int top = _writer.NewLabel();
        int join = _writer.NewLabel();
        int[] parts = [_writer.NewLabel(), _writer.NewLabel()];
        PushTurns();
        _writer.Push(Word());
        _writer.Bind(top);
        _writer.Push(new UInt256(6364136223846793005));
        _writer.Op(Opcode.Mul);
        _writer.Push(new UInt256(1442695040888963407));
        _writer.Op(Opcode.Add);
        for (int i = 0; i < parts.Length; i++)
        {
            _writer.Dup(1);
            _writer.Push((UInt256)(ulong)(33 + i));
            _writer.Op(Opcode.Shr);
            _writer.Push(UInt256.One);
            _writer.Op(Opcode.And);
            _writer.PushLabel(parts[i]);
            _writer.Op(Opcode.Jumpi);
            Body(_random.Next(1, 4));
        }

        _writer.PushLabel(join);
        _writer.Op(Opcode.Jump);
        _writer.Bind(parts[0]);
        Body(_random.Next(1, 4));
        _writer.Bind(parts[1]);
        Body(_random.Next(1, 4));
        _writer.Bind(join);
        _writer.Swap(1);
        _writer.Push(UInt256.MaxValue);
        _writer.Op(Opcode.Add);
        _writer.Swap(1);
        _writer.Dup(2);
        _writer.PushLabel(top);
        _writer.Op(Opcode.Jumpi);
        _writer.Op(Opcode.Pop);
        _writer.Op(Opcode.Pop);
    }

    /// <summary>Each turn leaves words on the stack or takes some away, until it overflows or underflows.</summary>
    private void UnbalancedLoop()
    {
        int top = _writer.NewLabel();
        int height = _writer.Height;
        if (Chance(50))
        {
            _writer.Bind(top);
            Statements(_random.Next(3), height);
            Push();
            Push();
            _writer.Op(Opcode.Gas);
        }
        else
        {
            _writer.Bind(top);
            _writer.Op(Any(Computations));
            _writer.Op(Opcode.Pop);
        }

        _writer.PushLabel(top);
        _writer.Op(Opcode.Jump);
        _writer.Height = height;
    }

    private void EndlessLoop()
    {
        int top = _writer.NewLabel();
        _writer.Bind(top);
        Body(_random.Next(5));
        _writer.PushLabel(top);
        _writer.Op(Opcode.Jump);
    }
}
