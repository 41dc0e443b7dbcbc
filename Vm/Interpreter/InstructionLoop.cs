using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EnergyChain.Core.Numerics;
using EnergyChain.Vm.Instructions;
using EnergyChain.Vm.Opcodes;
using EnergyChain.Vm.Tracing;

namespace EnergyChain.Vm.Interpreter;

/// <summary>Runs one frame's code until it ends or asks for a call.</summary>
internal static unsafe class InstructionLoop
{
    /// <returns><see cref="Frame.Ended"/> or <see cref="Frame.Suspended"/>.</returns>
    public static int Run<TTracing>(Frame frame, Instruction[] table)
        where TTracing : struct, ITracing
    {
        // Safety: a byte indexes the 256 rows; pc stays within code and its padding, as STOP ends the padding and
        // jumps are checked; height stays within 0..1024, as every row's need and limit are checked before it runs.
        ref Instruction rows = ref MemoryMarshal.GetArrayDataReference(table);
        ref byte code = ref MemoryMarshal.GetArrayDataReference(frame.Code.Padded);
        ref UInt256 floor = ref MemoryMarshal.GetArrayDataReference(frame.Stack);
        int pc = frame.ProgramCounter;
        int height = frame.StackHeight;
        do
        {
            ref Instruction row = ref Unsafe.Add(ref rows, Unsafe.Add(ref code, pc));
            long gas = frame.Gas - row.Gas;
            if (TTracing.IsOn)
            {
                BeginStep(frame, pc, height);
            }

            long traced = frame.Gas;
            if ((gas | (long)(height - row.Needs) | (long)(row.Limit - height)) < 0)
            {
                pc = Fault(frame, row, height);
            }
            else
            {
                frame.Gas = gas;
                int delta = row.Delta;
                pc = row.Handler(frame, new EvmStack(ref Unsafe.Add(ref floor, height)), pc + 1);
                height += delta;
            }

            if (TTracing.IsOn)
            {
                EndStep(frame, traced);
            }
        }
        while (pc >= 0);

        frame.StackHeight = height;
        return pc;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Fault(Frame frame, in Instruction row, int height) => frame.Fail(
        height < row.Needs ? ExecutionStatus.StackUnderflow
        : height > row.Limit ? ExecutionStatus.StackOverflow
        : ExecutionStatus.OutOfGas);

    private static void BeginStep(Frame frame, int pc, int height) => frame.Context.Tracer!.BeginStep(new TraceStep
    {
        ProgramCounter = pc,
        Opcode = (Opcode)frame.Code.Padded[pc],
        Gas = (ulong)frame.Gas,
        Depth = frame.Depth,
        Self = frame.Self.Address,
        Stack = frame.Stack.AsSpan(0, height),
        Memory = frame.MemoryBuffer.AsSpan(0, frame.MemorySize),
        ReturnData = frame.ReturnData,
        Refund = frame.State.Refund,
    });

    private static void EndStep(Frame frame, long gasBefore) =>
        frame.Context.Tracer!.EndStep((ulong)(gasBefore - frame.Gas), frame.Status);
}
