using EnergyChain.Core.Numerics;
using EnergyChain.Vm.Opcodes;

namespace EnergyChain.Vm.Tests.Fuzzing;

/// <content>Statements without control flow.</content>
internal sealed partial class ProgramGenerator
{
    private static readonly Opcode[] Computations =
    [
        Opcode.Add, Opcode.Mul, Opcode.Sub, Opcode.Div, Opcode.Sdiv, Opcode.Mod, Opcode.Smod, Opcode.Addmod,
        Opcode.Mulmod, Opcode.Exp, Opcode.Signextend, Opcode.Lt, Opcode.Gt, Opcode.Slt, Opcode.Sgt, Opcode.Eq,
        Opcode.Iszero, Opcode.And, Opcode.Or, Opcode.Xor, Opcode.Not, Opcode.Byte, Opcode.Shl, Opcode.Shr, Opcode.Sar,
    ];

    private static readonly Opcode[] Surroundings =
    [
        Opcode.Address, Opcode.Origin, Opcode.Caller, Opcode.Callvalue, Opcode.Calldatasize, Opcode.Codesize,
        Opcode.Gasprice, Opcode.Returndatasize, Opcode.Coinbase, Opcode.Timestamp, Opcode.Number, Opcode.Prevrandao,
        Opcode.Gaslimit, Opcode.Chainid, Opcode.Selfbalance, Opcode.Basefee, Opcode.Blobbasefee, Opcode.Msize,
        Opcode.Gas, Opcode.Pc,
    ];

    private void Plain(int floor)
    {
        switch (_random.Next(100))
        {
            case < 40:
                Compute(floor);
                break;
            case < 58:
                Shuffle(floor);
                break;
            case < 66:
                _writer.Op(Chance(25) ? Opcode.Gas : Any(Surroundings));
                break;
            case < 82:
                Memory(floor);
                break;
            case < 93:
                Storage(floor);
                break;
            case < 96:
                Look();
                break;
            case < 98:
                _writer.Op(Opcode.Jumpdest);
                break;
            default:
                Log();
                break;
        }
    }

    /// <summary>Operands above the floor, pushed where they are missing.</summary>
    private void Need(int words, int floor)
    {
        while (_writer.Height - floor < words)
        {
            Push();
        }
    }

    private void Compute(int floor)
    {
        Opcode opcode = Any(Computations);
        int words = OpcodeTable.Find((byte)opcode)!.Value.Pops;
        if (Chance(50))
        {
            Push();
        }

        Need(words, floor);
        _writer.Op(opcode);
    }

    private void Shuffle(int floor)
    {
        int above = _writer.Height - floor;
        if (Chance(4))
        {
            int depth = _random.Next(9, 17);
            Need(depth + 1, floor);
            _writer.Swap(depth);
            return;
        }

        switch (_random.Next(10))
        {
            case < 4:
                _writer.Push(Word());
                break;
            case < 7 when _writer.Height > 0:
                _writer.Dup(1 + _random.Next(Math.Min(16, _writer.Height)));
                break;
            case < 9 when above > 1:
                _writer.Swap(1 + _random.Next(Math.Min(16, above - 1)));
                break;
            case 9 when above > 0:
                _writer.Op(Opcode.Pop);
                break;
            default:
                Push();
                break;
        }
    }

    private void Memory(int floor)
    {
        switch (_random.Next(10))
        {
            case < 3:
                Need(1, floor);
                PushOffset();
                _writer.Op(Chance(85) ? Opcode.Mstore : Opcode.Mstore8);
                break;
            case < 5:
                PushOffset();
                _writer.Op(Opcode.Mload);
                break;
            case < 6:
                PushLength();
                PushOffset();
                _writer.Op(Opcode.Keccak256);
                break;
            case < 7:
                Push();
                _writer.Op(Opcode.Calldataload);
                break;
            case 7 when Chance(40):
                Push();
                _writer.Op(Any<Opcode>([Opcode.Blockhash, Opcode.Blobhash]));
                break;
            default:
                PushLength();
                PushOffset();
                PushOffset();
                _writer.Op(Any<Opcode>(
                    [Opcode.Mcopy, Opcode.Mcopy, Opcode.Calldatacopy, Opcode.Codecopy, Opcode.Codecopy]));
                break;
        }
    }

    private void Storage(int floor)
    {
        bool isTransient = Chance(25);
        if (Chance(45))
        {
            PushKey();
            _writer.Op(isTransient ? Opcode.Tload : Opcode.Sload);
            return;
        }

        if (Chance(50))
        {
            _writer.Push((UInt256)(ulong)_random.Next(3));
        }

        Need(1, floor);
        PushKey();
        _writer.Op(isTransient ? Opcode.Tstore : Opcode.Sstore);
    }

    private void PushKey()
    {
        if (Chance(85))
        {
            _writer.Push((UInt256)(ulong)_random.Next(6));
        }
        else
        {
            Push();
        }
    }

    private void Look()
    {
        switch (_random.Next(4))
        {
            case 0:
                PushAccount(isCalled: false);
                _writer.Op(Opcode.Balance);
                break;
            case 1:
                PushAccount(isCalled: false);
                _writer.Op(Opcode.Extcodesize);
                break;
            case 2:
                PushAccount(isCalled: false);
                _writer.Op(Opcode.Extcodehash);
                break;
            default:
                PushLength();
                PushOffset();
                PushOffset();
                PushAccount(isCalled: false);
                _writer.Op(Opcode.Extcodecopy);
                break;
        }
    }

    private void Log()
    {
        int topics = _random.Next(5);
        for (int i = 0; i < topics; i++)
        {
            Push();
        }

        PushLength();
        PushOffset();
        _writer.Op((Opcode)((int)Opcode.Log0 + topics));
    }
}
