using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EnergyChain.Core.Numerics;
using EnergyChain.Vm.Interpreter;

namespace EnergyChain.Vm.Blocks;

/// <summary>Runs a frame's compiled blocks for as long as one follows another.</summary>
internal static unsafe class BlockLoop
{
    /// <returns>
    /// <see cref="Frame.Ended"/>, <see cref="Frame.Suspended"/>, or <see cref="BlockSignal.Interpret"/>: the
    /// interpreter goes on at the frame's position.
    /// </returns>
    public static int Run(Frame frame, Block start)
    {
        Block? block = start;
        ref UInt256 floor = ref MemoryMarshal.GetArrayDataReference(frame.Stack);
        while (true)
        {
            int height = frame.StackHeight;
            long gas = frame.Gas - block.Gas;
            if ((gas | (long)(height - block.Needs) | (long)(block.Limit - height)) < 0)
            {
                frame.ProgramCounter = block.Start;
                return BlockSignal.Interpret;
            }

            frame.Gas = gas;
            int signal = RunBlock(frame, block, ref Unsafe.Add(ref floor, height));
            if (signal >= 0)
            {
                BlockExit exit = block.Exits[signal];
                frame.StackHeight = height + exit.HeightChange;
                frame.Gas += exit.Refund;
                block = exit.Next ?? Follow(frame, exit);
            }
            else if (signal == BlockSignal.Resume)
            {
                block = frame.Code.FindBlock(frame.ProgramCounter, frame.Context.Compiler);
            }
            else
            {
                return signal;
            }

            if (block is null)
            {
                return BlockSignal.Interpret;
            }
        }
    }

    /// <returns>An exit, its moves made, or a signal.</returns>
    // Safety: a block's operations end with one that leaves it, and all offsets lie within the words that Needs and
    // Limit make sure of and the scratch words over a full stack.
    private static int RunBlock(Frame frame, Block block, ref UInt256 stack)
    {
        ref UInt256 constants = ref MemoryMarshal.GetArrayDataReference(block.Constants);
        ref BlockOperation operation = ref MemoryMarshal.GetArrayDataReference(block.Operations);
        while (true)
        {
            int signal = operation.Body(frame, ref stack, ref constants, ref operation);
            if (signal != BlockSignal.Continue)
            {
                if (signal < 0)
                {
                    return signal == BlockSignal.TooLittleGas ? Unwind(frame, block, ref operation) : signal;
                }

                BlockExit exit = block.Exits[signal];
                Move(exit.Moves, ref stack, ref constants);
                if (exit.Target != BlockExit.Inside)
                {
                    return signal;
                }
            }

            operation = ref Unsafe.Add(ref operation, 1);
        }
    }

    // Safety: see RunBlock; a move's offsets are checked as an operation's are.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Move(BlockMove[] moves, ref UInt256 stack, ref UInt256 constants)
    {
        foreach (ref readonly BlockMove move in moves.AsSpan())
        {
            ref UInt256 source = ref move.IsConstant ? ref constants : ref stack;
            Unsafe.AddByteOffset(ref stack, move.Destination) = Unsafe.AddByteOffset(ref source, move.Source);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Block? Follow(Frame frame, BlockExit exit)
    {
        if (exit.Target == BlockExit.Computed)
        {
            return frame.Code.FindBlock(frame.ProgramCounter, frame.Context.Compiler);
        }

        frame.ProgramCounter = exit.Target;
        exit.Next = frame.Code.FindBlock(exit.Target, frame.Context.Compiler);
        return exit.Next;
    }

    /// <summary>
    /// Brings a frame that stopped before an operation to where the interpreter can go on from its opcode.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Unwind(Frame frame, Block block, ref BlockOperation operation)
    {
        nint offset = Unsafe.ByteOffset(ref MemoryMarshal.GetArrayDataReference(block.Operations), ref operation);
        BlockMove[] moves = frame.Context.Compiler.Unwind(frame, block, (int)(offset / sizeof(BlockOperation)));
        ref UInt256 constants = ref MemoryMarshal.GetArrayDataReference(block.Constants);
        Move(moves, ref frame.Stack[frame.StackHeight], ref constants);
        frame.StackHeight += frame.Context.Compiler.HeightChange;
        frame.Code.ChargeUnwind(frame.Context.Compiler.Work);
        return BlockSignal.Interpret;
    }
}
