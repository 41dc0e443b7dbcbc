using EnergyChain.Core.Numerics;
using EnergyChain.Vm.Interpreter;
using EnergyChain.Vm.Opcodes;
using EnergyChain.Vm.State;

namespace EnergyChain.Vm.Blocks;

/// <content>Memory, storage reads and what else charges by its values inside a block.</content>
internal static partial class BlockBodies
{
    public static int Mload<TOffset>(
        Frame frame, ref UInt256 stack, ref UInt256 constants, ref BlockOperation operation)
        where TOffset : struct, IOperand
    {
        if (!frame.TryExpand(TOffset.At(ref stack, ref constants, operation.First), 32, out int offset))
        {
            return BlockSignal.TooLittleGas;
        }

        Word(ref stack, operation.Destination) = frame.LoadWord(offset);
        return BlockSignal.Continue;
    }

    public static int Mstore<TOffset, TValue>(
        Frame frame, ref UInt256 stack, ref UInt256 constants, ref BlockOperation operation)
        where TOffset : struct, IOperand
        where TValue : struct, IOperand
    {
        if (!frame.TryExpand(TOffset.At(ref stack, ref constants, operation.First), 32, out int offset))
        {
            return BlockSignal.TooLittleGas;
        }

        frame.StoreWord(offset, TValue.At(ref stack, ref constants, operation.Second));
        return BlockSignal.Continue;
    }

    public static int Mstore8(Frame frame, ref UInt256 stack, ref UInt256 constants, ref BlockOperation operation)
    {
        if (!frame.TryExpand(Word(ref stack, operation.First), 1, out int offset))
        {
            return BlockSignal.TooLittleGas;
        }

        frame.MemoryBuffer[offset] = unchecked((byte)Word(ref stack, operation.Second).Low64);
        return BlockSignal.Continue;
    }

    public static int Keccak<TOperand>(
        Frame frame, ref UInt256 stack, ref UInt256 constants, ref BlockOperation operation)
        where TOperand : struct, IOperand
    {
        ref UInt256 from = ref TOperand.At(ref stack, ref constants, operation.First);
        ref UInt256 size = ref TOperand.At(ref stack, ref constants, operation.Second);
        if (!frame.TryExpand(from, size, out int offset, out int length)
            || !frame.TryCharge(GasCost.KeccakWord * Words.Count(length)))
        {
            return BlockSignal.TooLittleGas;
        }

        Word(ref stack, operation.Destination) = frame.Context.KeccakCache.Hash(frame.MemorySpan(offset, length));
        return BlockSignal.Continue;
    }

    public static int Sload<TKey>(
        Frame frame, ref UInt256 stack, ref UInt256 constants, ref BlockOperation operation)
        where TKey : struct, IOperand
    {
        StateOverlay state = frame.State;
        ref readonly UInt256 key = ref TKey.At(ref stack, ref constants, operation.First);

        // What cannot be paid leaves no entry behind.
        if (frame.Gas < GasCost.ColdSlotExtra && !state.IsKnownWarm(frame.Self, key))
        {
            return BlockSignal.TooLittleGas;
        }

        int slot = state.Slot(frame.Self, key);
        if (!state.IsWarm(slot))
        {
            if (!frame.TryCharge(GasCost.ColdSlotExtra))
            {
                return BlockSignal.TooLittleGas;
            }

            state.WarmUp(slot);
        }

        Word(ref stack, operation.Destination) = state.Current(slot);
        return BlockSignal.Continue;
    }

    public static int Exp(Frame frame, ref UInt256 stack, ref UInt256 constants, ref BlockOperation operation)
    {
        ref UInt256 exponent = ref Word(ref stack, operation.Second);
        if (!frame.TryCharge(GasCost.ExponentByte * ((exponent.BitLength + 7) / 8)))
        {
            return BlockSignal.TooLittleGas;
        }

        Word(ref stack, operation.Destination) = UInt256.Power(Word(ref stack, operation.First), exponent);
        return BlockSignal.Continue;
    }
}
