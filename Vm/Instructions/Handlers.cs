using System.Runtime.CompilerServices;
using EnergyChain.Core.Numerics;
using EnergyChain.Vm.Interpreter;
using EnergyChain.Vm.Opcodes;

namespace EnergyChain.Vm.Instructions;

/// <summary>
/// The bodies of the opcodes. The loop has checked the stack and charged the table's gas before it calls one.
/// </summary>
internal static partial class Handlers
{
    public static int Unary<TOperation>(Frame frame, EvmStack stack, int next)
        where TOperation : struct, IUnaryOperation
    {
        stack[0] = TOperation.Apply(stack[0]);
        return next;
    }

    public static int Binary<TOperation>(Frame frame, EvmStack stack, int next)
        where TOperation : struct, IBinaryOperation
    {
        stack[1] = TOperation.Apply(stack[0], stack[1]);
        return next;
    }

    public static int Ternary<TOperation>(Frame frame, EvmStack stack, int next)
        where TOperation : struct, ITernaryOperation
    {
        stack[2] = TOperation.Apply(stack[0], stack[1], stack[2]);
        return next;
    }

    public static int Environment<TValue>(Frame frame, EvmStack stack, int next)
        where TValue : struct, IEnvironmentValue
    {
        stack.Free = TValue.Read(frame);
        return next;
    }

    public static int Exp(Frame frame, EvmStack stack, int next)
    {
        int exponentBytes = (stack[1].BitLength + 7) / 8;
        if (!frame.TryCharge(GasCost.ExponentByte * exponentBytes))
        {
            return frame.Fail(ExecutionStatus.OutOfGas);
        }

        stack[1] = UInt256.Power(stack[0], stack[1]);
        return next;
    }

    public static int Invalid(Frame frame, EvmStack stack, int next) => frame.Fail(ExecutionStatus.InvalidOpcode);

    public static int Nothing(Frame frame, EvmStack stack, int next) => next;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int OutOfGas(Frame frame) => frame.Fail(ExecutionStatus.OutOfGas);
}
