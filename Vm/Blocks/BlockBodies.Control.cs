using EnergyChain.Core.Numerics;
using EnergyChain.Vm.Instructions;
using EnergyChain.Vm.Interpreter;

namespace EnergyChain.Vm.Blocks;

/// <content>Ways out of a block.</content>
internal static partial class BlockBodies
{
    /// <summary>Leaves the block when the condition holds.</summary>
    public static int Branch<TCondition, TFirst, TSecond>(
        Frame frame, ref UInt256 stack, ref UInt256 constants, ref BlockOperation operation)
        where TCondition : struct, ICondition
        where TFirst : struct, IOperand
        where TSecond : struct, IOperand
    {
        bool leaves = TCondition.Holds(
            TFirst.At(ref stack, ref constants, operation.First),
            TSecond.At(ref stack, ref constants, operation.Second));
        return leaves ? operation.Destination : BlockSignal.Continue;
    }

    /// <summary>Takes an exit, or has all values brought to their positions.</summary>
    public static int Exit(Frame frame, ref UInt256 stack, ref UInt256 constants, ref BlockOperation operation) =>
        operation.Destination;

    /// <summary>JUMP to a position that only the running program knows.</summary>
    public static int Jump(Frame frame, ref UInt256 stack, ref UInt256 constants, ref BlockOperation operation)
    {
        ref UInt256 target = ref Word(ref stack, operation.First);
        if (!frame.Code.IsJumpDestination(target))
        {
            return frame.Fail(ExecutionStatus.InvalidJump);
        }

        frame.ProgramCounter = (int)target.Low64;
        return operation.Destination;
    }

    /// <summary>JUMPI to such a position.</summary>
    public static int JumpIf(Frame frame, ref UInt256 stack, ref UInt256 constants, ref BlockOperation operation) =>
        Word(ref stack, operation.Second).IsZero
            ? BlockSignal.Continue
            : Jump(frame, ref stack, ref constants, ref operation);

    /// <summary>
    /// Ends the block by an opcode that the interpreter's body runs: one that calls, ends the frame, or charges for
    /// more than memory. First is the stack's free place, Second the position after the opcode, Third the opcode,
    /// Destination the change of the stack's height over the whole block.
    /// </summary>
    // Safety: the moves have brought all values to their positions, and the block's check covers the opcode's words.
    public static unsafe int Finish(
        Frame frame, ref UInt256 stack, ref UInt256 constants, ref BlockOperation operation)
    {
        frame.StackHeight += operation.Destination;
        ref Instruction row = ref InstructionTable.Instructions[operation.Third];
        int next = row.Handler(frame, new EvmStack(ref Word(ref stack, operation.First)), operation.Second);
        if (next < 0)
        {
            return next;
        }

        frame.ProgramCounter = next;
        return BlockSignal.Resume;
    }
}
