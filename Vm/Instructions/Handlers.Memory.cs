using EnergyChain.Core.Numerics;
using EnergyChain.Vm.Interpreter;
using EnergyChain.Vm.Opcodes;

namespace EnergyChain.Vm.Instructions;

/// <content>Memory, and what is copied to it.</content>
internal static partial class Handlers
{
    public static int Mload(Frame frame, EvmStack stack, int next)
    {
        if (!frame.TryExpand(stack[0], 32, out int offset))
        {
            return OutOfGas(frame);
        }

        stack[0] = frame.LoadWord(offset);
        return next;
    }

    public static int Mstore(Frame frame, EvmStack stack, int next)
    {
        if (!frame.TryExpand(stack[0], 32, out int offset))
        {
            return OutOfGas(frame);
        }

        frame.StoreWord(offset, stack[1]);
        return next;
    }

    public static int Mstore8(Frame frame, EvmStack stack, int next)
    {
        if (!frame.TryExpand(stack[0], 1, out int offset))
        {
            return OutOfGas(frame);
        }

        frame.MemoryBuffer[offset] = unchecked((byte)stack[1].Low64);
        return next;
    }

    public static int Mcopy(Frame frame, EvmStack stack, int next)
    {
        ref readonly UInt256 further = ref stack[0] > stack[1] ? ref stack[0] : ref stack[1];
        if (!frame.TryExpand(further, stack[2], out _, out int length)
            || !frame.TryCharge(GasCost.CopyWord * Words.Count(length)))
        {
            return OutOfGas(frame);
        }

        if (length > 0)
        {
            frame.MemorySpan((int)stack[1].Low64, length).CopyTo(frame.MemorySpan((int)stack[0].Low64, length));
        }

        return next;
    }

    public static int Keccak(Frame frame, EvmStack stack, int next)
    {
        if (!frame.TryExpand(stack[0], stack[1], out int offset, out int length)
            || !frame.TryCharge(GasCost.KeccakWord * Words.Count(length)))
        {
            return OutOfGas(frame);
        }

        stack[1] = frame.Context.KeccakCache.Hash(frame.MemorySpan(offset, length));
        return next;
    }

    public static int Calldataload(Frame frame, EvmStack stack, int next)
    {
        ReadOnlySpan<byte> input = frame.Input.Span;
        ref UInt256 word = ref stack[0];
        if (!word.FitsUInt64 || word.Low64 >= (ulong)input.Length)
        {
            word = UInt256.Zero;
            return next;
        }

        ReadOnlySpan<byte> rest = input[(int)word.Low64..];
        if (rest.Length >= 32)
        {
            word = UInt256.FromBigEndian(rest[..32]);
            return next;
        }

        Span<byte> padded = stackalloc byte[32];
        padded.Clear();
        rest.CopyTo(padded);
        word = UInt256.FromBigEndian(padded);
        return next;
    }

    public static int Calldatacopy(Frame frame, EvmStack stack, int next) =>
        Copy(frame, stack, frame.Input.Span, next);

    public static int Codecopy(Frame frame, EvmStack stack, int next) => Copy(frame, stack, frame.Code.Bytes, next);

    public static int Returndatacopy(Frame frame, EvmStack stack, int next)
    {
        bool overflows = UInt256.AddOverflows(stack[1], stack[2], out UInt256 end);
        if (overflows || end > (ulong)frame.ReturnLength)
        {
            return frame.Fail(ExecutionStatus.ReturnDataOutOfBounds);
        }

        return Copy(frame, stack, frame.ReturnData, next);
    }

    /// <summary>Copies stack[2] bytes at stack[1] of the source to stack[0] of memory.</summary>
    private static int Copy(Frame frame, EvmStack stack, ReadOnlySpan<byte> source, int next)
    {
        if (!frame.TryExpand(stack[0], stack[2], out int offset, out int length)
            || !frame.TryCharge(GasCost.CopyWord * Words.Count(length)))
        {
            return OutOfGas(frame);
        }

        frame.CopyIn(offset, length, source, stack[1]);
        return next;
    }
}
