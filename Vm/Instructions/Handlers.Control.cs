using EnergyChain.Vm.Interpreter;

namespace EnergyChain.Vm.Instructions;

/// <content>Jumps and ends.</content>
internal static partial class Handlers
{
    public static int Jump(Frame frame, EvmStack stack, int next)
    {
        if (!stack[0].FitsUInt64 || !frame.Code.IsJumpDestination(stack[0].Low64))
        {
            return frame.Fail(ExecutionStatus.InvalidJump);
        }

        int target = (int)stack[0].Low64;
        if (frame.Code.CountJump(target))
        {
            frame.ProgramCounter = target;
            return Frame.Switched;
        }

        return target;
    }

    public static int Jumpi(Frame frame, EvmStack stack, int next) =>
        stack[1].IsZero ? next : Jump(frame, stack, next);

    public static int Pc(Frame frame, EvmStack stack, int next)
    {
        stack.Free = (ulong)(next - 1);
        return next;
    }

    public static int Stop(Frame frame, EvmStack stack, int next) => frame.End(ExecutionStatus.Success, 0, 0);

    public static int Return(Frame frame, EvmStack stack, int next) => End(frame, stack, ExecutionStatus.Success);

    public static int Revert(Frame frame, EvmStack stack, int next) => End(frame, stack, ExecutionStatus.Revert);

    private static int End(Frame frame, EvmStack stack, ExecutionStatus status) =>
        frame.TryExpand(stack[0], stack[1], out int offset, out int length)
            ? frame.End(status, offset, length)
            : OutOfGas(frame);
}
