using EnergyChain.Core;
using EnergyChain.Core.Numerics;
using EnergyChain.Vm.Instructions;
using EnergyChain.Vm.Interpreter;
using EnergyChain.Vm.Opcodes;

namespace EnergyChain.Vm.Blocks;

/// <summary>
/// Compiles a stretch of code into a <see cref="Block"/>. It follows jumps to known positions and the likelier way of
/// JUMPI, and ends at an opcode that only the interpreter's body runs. The same code and start give the same block.
/// For one thread; reused.
/// </summary>
internal sealed partial class BlockCompiler
{
    public const int WordBytes = 32;

    /// <summary>Temporary words that one opcode can take.</summary>
    private const int TemporariesOfOpcode = 4;

    // What the runtime's objects take, rounded up.
    private const int BytesOfCode = 512;
    private const int BytesOfBlock = 256;
    private const int BytesOfOperation = 32;
    private const int BytesOfExit = 96;
    private const int BytesOfMove = 12;

    private static readonly UInt256[] NoConstants = [default];

    private readonly List<ContractCode> _holders = [];
    private readonly VirtualStack _stack = new();
    private readonly List<int> _followed = [];
    private ContractCode _code = ContractCode.Empty;
    private int _position;
    private int _opcodes;
    private long _gas;
    private int _needs;
    private int _limit;
    private bool _isDone;
    private int _keptBytes;

    /// <summary>What the last walk cost, in heat.</summary>
    public int Work => BlockLimits.WorkOfBlock + (BlockLimits.WorkOfOpcode * _opcodes)
        + (BlockLimits.WorkOfExit * _exits.Count) + (BlockLimits.WorkOfMove * _moves.Count);

    /// <summary>Opcodes of the last walk.</summary>
    public int Opcodes => _opcodes;

    /// <summary>Stack height where the last walk ended, less that at the block's entry.</summary>
    public int HeightChange => _stack.Height;

    /// <summary>Forgets all blocks where they have become too many. Running frames may go on in theirs.</summary>
    public void MakeRoom()
    {
        if (_keptBytes > BlockLimits.KeptBytes)
        {
            _holders.ForEach(static code => code.ForgetBlocks());
            _holders.Clear();
            _keptBytes = 0;
        }
    }

    /// <summary>Notes a code that begins to have blocks.</summary>
    public void AddCode(ContractCode code)
    {
        _holders.Add(code);
        Keep(BytesOfCode + (2 * code.Length));
    }

    /// <summary>Counts memory that lives as long as the blocks do.</summary>
    public void Keep(int bytes) => _keptBytes += bytes;

    public Block Compile(ContractCode code, int start)
    {
        Run(code, start, int.MaxValue);
        Keep(BytesOfBlock + (BytesOfOperation * _operations.Count) + (WordBytes * _constants.Count)
            + (BytesOfExit * _exits.Count) + (BytesOfMove * _moves.Count));
        BlockExit[] exits = new BlockExit[_exits.Count];
        for (int i = 0; i < exits.Length; i++)
        {
            BlockExit exit = _exits[i];
            exits[i] = new BlockExit(exit.Target, exit.HeightChange, _gas - exit.Refund, exit.Moves);
        }

        return new Block
        {
            Start = start,
            Gas = _gas,
            Needs = _needs,
            Limit = _limit,
            Operations = [.. _operations],
            Ordinals = [.. _ordinals],
            Constants = _constants.Count == 0 ? NoConstants : [.. _constants],
            Exits = exits,
        };
    }

    /// <summary>
    /// Takes a frame that stopped inside a block before an operation back to that operation's opcode: its position,
    /// and the gas not yet due. The moves bring every value to its position.
    /// </summary>
    public BlockMove[] Unwind(Frame frame, Block block, int operation)
    {
        Run(frame.Code, block.Start, block.Ordinals[operation]);
        frame.Gas += block.Gas - _gas;
        frame.ProgramCounter = _position;
        return TakeMoves();
    }

    /// <summary>Walks the code until the block is done or the given number of opcodes is behind.</summary>
    private void Run(ContractCode code, int start, int end)
    {
        _code = code;
        _position = start;
        _opcodes = 0;
        _gas = 0;
        _needs = 0;
        _limit = VmLimits.StackWords;
        _isDone = false;
        _stack.Reset();
        _followed.Clear();
        _followed.Add(start);
        ClearOutput();
        while (!_isDone && _opcodes < end)
        {
            Step();
        }
    }

    private void Step()
    {
        byte opcode = _position < _code.Length ? _code.Padded[_position] : (byte)Opcode.Stop;
        ref Instruction row = ref InstructionTable.Instructions[opcode];
        if (_opcodes == BlockLimits.Opcodes || !_stack.Reaches(row.Needs, row.Delta))
        {
            // An opcode's own words are always within reach of an empty block.
            Invariant.Check(_opcodes > 0);
            EmitGoto(_position);
            return;
        }

        _needs = Math.Max(_needs, row.Needs - _stack.Height);
        _limit = Math.Min(_limit, row.Limit - _stack.Height);
        _gas += row.Gas;
        _position++;
        Translate(opcode, row);
        if (!_isDone && _stack.FreeTemporaries < TemporariesOfOpcode)
        {
            EmitSettle();
        }

        _opcodes++;
    }

    private void Translate(byte opcode, in Instruction row)
    {
        switch (opcode)
        {
            case >= (byte)Opcode.Push0 and <= (byte)Opcode.Push32:
                int bytes = opcode - (byte)Opcode.Push0;
                PushConstant(UInt256.FromBigEndian(_code.Padded.AsSpan(_position, bytes)));
                _position += bytes;
                break;
            case >= (byte)Opcode.Dup1 and <= (byte)Opcode.Dup16:
                _stack.Push(_stack.Peek(opcode - (byte)Opcode.Dup1));
                break;
            case >= (byte)Opcode.Swap1 and <= (byte)Opcode.Swap16:
                _stack.Swap(opcode - (byte)Opcode.Swap1 + 1);
                break;
            case (byte)Opcode.Pop:
                _stack.Pop();
                break;
            case (byte)Opcode.Jumpdest:
                break;
            case (byte)Opcode.Pc:
                PushConstant((ulong)(_position - 1));
                break;
            case (byte)Opcode.Jump:
                TranslateJump();
                break;
            case (byte)Opcode.Jumpi:
                TranslateJumpIf();
                break;
            default:
                if (BodyTable.Find(opcode) is BodyRow body)
                {
                    TranslateOperation(opcode, body);
                }
                else
                {
                    EmitFinish(opcode, row.Delta);
                }

                break;
        }
    }

    private void TranslateOperation(byte opcode, BodyRow row)
    {
        bool areConstant = row.Fold is not null;
        for (int i = 0; i < row.Operands; i++)
        {
            areConstant &= _stack.Peek(i).IsConstant;
        }

        if (areConstant)
        {
            UInt256 first = ValueOf(_stack.Pop());
            PushConstant(row.Fold!(first, row.Operands > 1 ? ValueOf(_stack.Pop()) : default));
        }
        else
        {
            EmitOperation(opcode, row);
        }
    }

    private void TranslateJump()
    {
        Operand target = _stack.Pop();
        if (TryFollow(target, out int position))
        {
            _position = position;
        }
        else if (IsKnown(target, out position))
        {
            EmitGoto(position);
        }
        else
        {
            EmitJump(target);
        }
    }

    private void TranslateJumpIf()
    {
        if (!IsKnown(_stack.Peek(0), out int position))
        {
            EmitJumpIf();
            return;
        }

        Operand target = _stack.Pop();
        Operand condition = _stack.Pop();
        if (_exits.Count >= BlockLimits.Exits)
        {
            EmitBranch(condition, whenTrue: true, position);
            EmitGoto(_position);
        }
        else if (LikelyFails(_position) && TryFollow(target, out _))
        {
            EmitBranch(condition, whenTrue: false, _position);
            _position = position;
        }
        else
        {
            EmitBranch(condition, whenTrue: true, position);
        }
    }

    private bool IsKnown(Operand target, out int position)
    {
        position = 0;
        if (!target.IsConstant || !_code.IsJumpDestination(ValueOf(target)))
        {
            return false;
        }

        position = (int)ValueOf(target).Low64;
        return true;
    }

    /// <summary>Whether the block can go on at a jump's target: known, and not a loop.</summary>
    private bool TryFollow(Operand target, out int position)
    {
        if (!IsKnown(target, out position) || _followed.Contains(position))
        {
            return false;
        }

        _followed.Add(position);
        return true;
    }

    /// <summary>
    /// Whether the code from a position on ends in REVERT or INVALID without a choice, as a failed check of Solidity
    /// does.
    /// </summary>
    private bool LikelyFails(int position)
    {
        const int reach = 48;
        UInt256 pushed = UInt256.MaxValue;
        for (int i = 0; i < reach && position < _code.Length; i++)
        {
            byte opcode = _code.Padded[position++];
            switch (opcode)
            {
                case (byte)Opcode.Revert or (byte)Opcode.Invalid:
                    return true;
                case (byte)Opcode.Jumpi or (byte)Opcode.Stop or (byte)Opcode.Return or (byte)Opcode.Selfdestruct:
                    return false;
                case (byte)Opcode.Jump when _code.IsJumpDestination(pushed):
                    position = (int)pushed.Low64;
                    break;
                case (byte)Opcode.Jump:
                    return false;
                case >= (byte)Opcode.Push0 and <= (byte)Opcode.Push32:
                    int bytes = opcode - (byte)Opcode.Push0;
                    pushed = UInt256.FromBigEndian(_code.Padded.AsSpan(position, bytes));
                    position += bytes;
                    continue;
                default:
                    break;
            }

            pushed = UInt256.MaxValue;
        }

        return false;
    }
}
