using System.Runtime.InteropServices;
using EnergyChain.Core.Numerics;
using EnergyChain.Vm.Opcodes;

namespace EnergyChain.Vm.Blocks;

/// <content>What a block is made of.</content>
// Safety: it only copies pointers of BodyTable and BlockBodies, of the one signature; it calls none.
internal sealed unsafe partial class BlockCompiler
{
    /// <summary>The opcode of an operation that none stands for.</summary>
    private const byte NoOpcode = (byte)Opcode.Stop;

    private readonly List<BlockOperation> _operations = [];

    /// <summary>For each operation the number of its opcode along the block.</summary>
    private readonly List<int> _ordinals = [];

    /// <summary>For each operation its opcode.</summary>
    private readonly List<byte> _opcodeOf = [];

    private readonly List<UInt256> _constants = [];

    /// <summary>The exits so far, with the gas at each of them in place of the refund.</summary>
    private readonly List<BlockExit> _exits = [];

    private readonly List<BlockMove> _moves = [];

    private void ClearOutput()
    {
        _operations.Clear();
        _ordinals.Clear();
        _opcodeOf.Clear();
        _constants.Clear();
        _exits.Clear();
        _moves.Clear();
    }

    private UInt256 ValueOf(Operand constant) => _constants[constant.Index];

    private void PushConstant(in UInt256 value)
    {
        _constants.Add(value);
        _stack.Push(Operand.Constant(_constants.Count - 1));
    }

    private void Append(byte opcode, in BlockOperation operation)
    {
        _operations.Add(operation);
        _ordinals.Add(_opcodes);
        _opcodeOf.Add(opcode);
    }

    private void RemoveLast()
    {
        _operations.RemoveAt(_operations.Count - 1);
        _ordinals.RemoveAt(_ordinals.Count - 1);
        _opcodeOf.RemoveAt(_opcodeOf.Count - 1);
    }

    /// <summary>Emits an operation by the body for the places of its operands, and pops and pushes.</summary>
    private void EmitOperation(byte opcode, BodyRow row)
    {
        Span<int> words = stackalloc int[3];
        int places = 0;
        for (int i = 0; i < row.Operands; i++)
        {
            Operand operand = _stack.Peek(i);
            words[i] = operand.Index;
            places |= operand.IsConstant ? 1 << i : 0;
        }

        // Before the pops, so that no temporary word of an operand is taken for a constant.
        int temporary = VirtualStack.NoWord;
        for (int i = 0; row.Bodies[places] is null; i++)
        {
            if ((places & (1 << i)) != 0)
            {
                temporary = _stack.FindTemporary(temporary);
                EmitLoad(words[i], temporary);
                words[i] = temporary;
                places &= ~(1 << i);
            }
        }

        for (int i = 0; i < row.Operands; i++)
        {
            _stack.Pop();
        }

        int destination = row.IsVoid ? 0 : _stack.FindPlace();
        Append(opcode, new BlockOperation
        {
            Body = row.Bodies[places],
            First = words[0] * WordBytes,
            Second = words[1] * WordBytes,
            Third = row.Operands > 2 ? words[2] * WordBytes : places,
            Destination = destination * WordBytes,
        });
        if (!row.IsVoid)
        {
            _stack.Push(Operand.Word(destination));
        }
    }

    private void EmitLoad(int constant, int word) => Append(NoOpcode, new BlockOperation
    {
        Body = &BlockBodies.Load,
        First = constant * WordBytes,
        Destination = word * WordBytes,
    });

    /// <summary>The word with the value; a constant is put into a temporary one.</summary>
    private int WordOf(Operand value, int notIn = VirtualStack.NoWord)
    {
        if (!value.IsConstant)
        {
            return value.Index;
        }

        int temporary = _stack.FindTemporary(notIn);
        EmitLoad(value.Index, temporary);
        return temporary;
    }

    /// <summary>Adds an exit; where it leads and what has to be moved for it is fixed now.</summary>
    private int AddExit(int target)
    {
        _exits.Add(new BlockExit(target, _stack.Height, _gas, TakeMoves()));
        return _exits.Count - 1;
    }

    /// <summary>The moves that bring every value to its position now.</summary>
    private BlockMove[] TakeMoves()
    {
        int first = _moves.Count;
        _stack.AppendMoves(_moves);
        return CollectionsMarshal.AsSpan(_moves)[first..].ToArray();
    }

    private void EmitSettle()
    {
        EmitExit(BlockExit.Inside);
        _stack.Settle();
    }

    private void EmitGoto(int target)
    {
        EmitExit(target);
        _isDone = true;
    }

    private void EmitExit(int target) =>
        Append(NoOpcode, new BlockOperation { Body = &BlockBodies.Exit, Destination = AddExit(target) });

    private void EmitJump(Operand target)
    {
        int word = WordOf(target);
        Append((byte)Opcode.Jump, new BlockOperation
        {
            Body = &BlockBodies.Jump,
            First = word * WordBytes,
            Destination = AddExit(BlockExit.Computed),
        });
        _isDone = true;
    }

    private void EmitJumpIf()
    {
        int target = WordOf(_stack.Peek(0));
        int condition = WordOf(_stack.Peek(1), target);
        _stack.Pop();
        _stack.Pop();
        Append((byte)Opcode.Jumpi, new BlockOperation
        {
            Body = &BlockBodies.JumpIf,
            First = target * WordBytes,
            Second = condition * WordBytes,
            Destination = AddExit(BlockExit.Computed),
        });
        EmitGoto(_position);
    }

    /// <summary>
    /// Leaves for the target when the condition is (not) zero. A comparison just made is tested itself.
    /// </summary>
    private void EmitBranch(Operand condition, bool whenTrue, int target)
    {
        int exit = AddExit(target);
        while (IsLastResult(condition) && _opcodeOf[^1] == (byte)Opcode.Iszero)
        {
            condition = Operand.Word(_operations[^1].First / WordBytes);
            whenTrue = !whenTrue;
            RemoveLast();
        }

        if (IsLastResult(condition) && BodyTable.Find(_opcodeOf[^1]) is { Branch: not null } row)
        {
            BlockOperation comparison = _operations[^1];
            RemoveLast();
            BodyRow branch = whenTrue ? row.Branch : row.BranchUnless!;
            comparison.Body = branch.Bodies[comparison.Third];
            comparison.Destination = exit;
            Append((byte)Opcode.Jumpi, comparison);
            return;
        }

        BodyRow test = whenTrue ? BodyTable.IfNotZero : BodyTable.IfZero;
        int word = WordOf(condition);
        Append((byte)Opcode.Jumpi, new BlockOperation
        {
            Body = test.Bodies[0],
            First = word * WordBytes,
            Destination = exit,
        });
    }

    /// <summary>Whether the value is what the last operation computed, and nobody else wants it.</summary>
    private bool IsLastResult(Operand value) =>
        !value.IsConstant
        && _operations.Count > 0
        && BodyTable.Find(_opcodeOf[^1]) is { IsVoid: false }
        && _operations[^1].Destination == value.Index * WordBytes
        && !_stack.IsUsed(value);

    private void EmitFinish(byte opcode, int change)
    {
        EmitSettle();
        Append(opcode, new BlockOperation
        {
            Body = &BlockBodies.Finish,
            First = _stack.Height * WordBytes,
            Second = _position,
            Third = opcode,
            Destination = _stack.Height + change,
        });
        _isDone = true;
    }
}
