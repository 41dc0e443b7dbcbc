using EnergyChain.Core.Numerics;
using EnergyChain.Vm.Opcodes;

namespace EnergyChain.Vm.Tests.Fuzzing;

/// <content>Calls, creations and what comes back.</content>
internal sealed partial class ProgramGenerator
{
    /// <summary>Init code that comes on top must leave all positions within two bytes.</summary>
    private const int MaxBytesToCreate = 6_000;

    private void Interaction(int floor)
    {
        switch (_random.Next(20))
        {
            case < 9:
                PushRanges();
                Call(_ => PushAccount(isCalled: true));
                break;
            case < 12:
                Precompile();
                break;
            case < 15 when _creationDepth < MaxCreationDepth && _loopDepth == 0 && _writer.Length < MaxBytesToCreate:
                Create();
                break;
            case < 17:
                ReturnData();
                break;
            case 17:
                Ending();
                break;
            default:
                Plain(floor);
                break;
        }
    }

    /// <summary>Output and input ranges of a call.</summary>
    private void PushRanges()
    {
        PushLength();
        PushOffset();
        PushLength();
        PushOffset();
    }

    /// <summary>The rest of a call, its ranges being on the stack.</summary>
    /// <param name="pushAccount">Is told how many words lie on the ranges.</param>
    private void Call(Action<int> pushAccount)
    {
        Opcode opcode = Any<Opcode>(
            [Opcode.Call, Opcode.Call, Opcode.Staticcall, Opcode.Delegatecall, Opcode.Delegatecall, Opcode.Callcode]);
        bool hasValue = opcode is Opcode.Call or Opcode.Callcode;
        if (hasValue)
        {
            _writer.Push(Chance(60) ? UInt256.Zero : Chance(90) ? (ulong)_random.Next(1, 40) : Word());
        }

        pushAccount(hasValue ? 1 : 0);
        switch (_random.Next(10))
        {
            case < 5:
                _writer.Op(Opcode.Gas);
                break;
            case < 7:
                _writer.Push((UInt256)(ulong)_random.Next(100_000));
                break;
            case 7:
                _writer.Push((UInt256)(ulong)_random.Next(3_000));
                break;
            default:
                _writer.Push(Word());
                break;
        }

        _writer.Op(opcode);
    }

    private void ReturnData()
    {
        // As much as there is from the start is fine; one more, or from further on, is not.
        _writer.Op(Opcode.Returndatasize);
        if (Chance(15))
        {
            _writer.Push(UInt256.One);
            _writer.Op(Opcode.Add);
        }

        _writer.Push(Chance(85) ? UInt256.Zero : Word());
        PushOffset();
        _writer.Op(Opcode.Returndatacopy);
    }

    /// <summary>Copies init code to memory and creates; mostly calls what came of it.</summary>
    private void Create()
    {
        byte[] initCode = InitCode();
        int data = _writer.NewLabel();
        int end = _writer.NewLabel();
        _writer.PushLabel(end);
        _writer.Op(Opcode.Jump);
        _writer.Mark(data);
        _writer.Data(initCode);
        _writer.Bind(end);
        int offset = _random.Next(3) * 32;
        bool isSalted = Chance(50);
        for (int i = Chance(20) ? 2 : 1; i > 0; i--)
        {
            _writer.Push((UInt256)(ulong)initCode.Length);
            _writer.PushLabel(data);
            _writer.Push((UInt256)(ulong)offset);
            _writer.Op(Opcode.Codecopy);
            if (isSalted)
            {
                _writer.Push((UInt256)(ulong)_random.Next(2));
            }

            _writer.Push(Chance(97) ? (ulong)initCode.Length : (UInt256)(ulong)(49_100 + _random.Next(100)));
            _writer.Push((UInt256)(ulong)offset);
            _writer.Push(Chance(70) ? UInt256.Zero : (UInt256)(ulong)_random.Next(100));
            _writer.Op(isSalted ? Opcode.Create2 : Opcode.Create);
        }

        if (Chance(70))
        {
            PushRanges();
            Call(words => _writer.Dup(5 + words));
        }
    }

    private void Precompile()
    {
        (ulong number, byte[] input, int outputBytes) = PrecompileInput();
        const int offset = 256;
        Span<byte> padded = new byte[(input.Length + 31) / 32 * 32];
        input.CopyTo(padded);
        for (int i = 0; i < padded.Length; i += 32)
        {
            _writer.Push(UInt256.FromBigEndian(padded[i..(i + 32)]));
            _writer.Push((UInt256)(ulong)(offset + i));
            _writer.Op(Opcode.Mstore);
        }

        _writer.Push((UInt256)(ulong)Math.Max(0, outputBytes + _random.Next(-3, 3)));
        _writer.Push((UInt256)(ulong)_random.Next(64));
        _writer.Push((UInt256)(ulong)(input.Length + (Chance(10) ? _random.Next(200) : 0)));
        _writer.Push((UInt256)offset);
        Call(_ => _writer.Push((UInt256)number));
    }
}
