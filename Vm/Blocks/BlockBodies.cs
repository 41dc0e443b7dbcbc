using System.Runtime.CompilerServices;
using EnergyChain.Core.Numerics;
using EnergyChain.Vm.Instructions;
using EnergyChain.Vm.Interpreter;

namespace EnergyChain.Vm.Blocks;

/// <summary>
/// The bodies of blocks' operations. All of them read their operands before they write their result, which may lie
/// in the same word. One that charges gas does nothing else before it has.
/// </summary>
internal static partial class BlockBodies
{
    public static int Unary<TOperation>(
        Frame frame, ref UInt256 stack, ref UInt256 constants, ref BlockOperation operation)
        where TOperation : struct, IUnaryOperation
    {
        Word(ref stack, operation.Destination) = TOperation.Apply(Word(ref stack, operation.First));
        return BlockSignal.Continue;
    }

    public static int Binary<TOperation, TFirst, TSecond>(
        Frame frame, ref UInt256 stack, ref UInt256 constants, ref BlockOperation operation)
        where TOperation : struct, IBinaryOperation
        where TFirst : struct, IOperand
        where TSecond : struct, IOperand
    {
        Word(ref stack, operation.Destination) = TOperation.Apply(
            TFirst.At(ref stack, ref constants, operation.First),
            TSecond.At(ref stack, ref constants, operation.Second));
        return BlockSignal.Continue;
    }

    public static int Ternary<TOperation, TThird>(
        Frame frame, ref UInt256 stack, ref UInt256 constants, ref BlockOperation operation)
        where TOperation : struct, ITernaryOperation
        where TThird : struct, IOperand
    {
        Word(ref stack, operation.Destination) = TOperation.Apply(
            Word(ref stack, operation.First),
            Word(ref stack, operation.Second),
            TThird.At(ref stack, ref constants, operation.Third));
        return BlockSignal.Continue;
    }

    public static int Environment<TValue>(
        Frame frame, ref UInt256 stack, ref UInt256 constants, ref BlockOperation operation)
        where TValue : struct, IEnvironmentValue
    {
        Word(ref stack, operation.Destination) = TValue.Read(frame);
        return BlockSignal.Continue;
    }

    /// <summary>An opcode of fixed gas that cannot fail and turns the top word into another.</summary>
    public static int InPlace<TInstruction>(
        Frame frame, ref UInt256 stack, ref UInt256 constants, ref BlockOperation operation)
        where TInstruction : struct, IInPlaceInstruction
    {
        ref UInt256 result = ref Word(ref stack, operation.Destination);
        result = Word(ref stack, operation.First);
        TInstruction.Run(frame, new EvmStack(ref Unsafe.Add(ref result, 1)));
        return BlockSignal.Continue;
    }

    /// <summary>Puts a constant into a word.</summary>
    public static int Load(Frame frame, ref UInt256 stack, ref UInt256 constants, ref BlockOperation operation)
    {
        Word(ref stack, operation.Destination) = Unsafe.AddByteOffset(ref constants, operation.First);
        return BlockSignal.Continue;
    }

    // Safety: the compiler gives offsets only inside what the block's check of the stack height covers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref UInt256 Word(ref UInt256 stack, int offset) => ref Unsafe.AddByteOffset(ref stack, offset);
}
