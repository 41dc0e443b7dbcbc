using EnergyChain.Core.Numerics;
using EnergyChain.Vm.Blocks;
using EnergyChain.Vm.Instructions;
using EnergyChain.Vm.Interpreter;
using EnergyChain.Vm.Opcodes;
using EnergyChain.Vm.State;
using EnergyChain.Vm.Tracing;

namespace EnergyChain.Vm;

/// <content>The loop over frames: no call of the EVM is a call of the host.</content>
public sealed partial class EvmMachine
{
    private const byte ReservedCodePrefix = 0xEF;

    private void RunFrames(Frame root, bool isTracing)
    {
        Instruction[] table = InstructionTable.Instructions;
        Frame frame = root;
        while (true)
        {
            int signal = isTracing ? InstructionLoop.Run<TracingOn>(frame, table) : Run(frame, table);
            if (signal == Frame.Switched)
            {
                continue;
            }

            if (signal == Frame.Suspended)
            {
                frame = Descend(frame);
                continue;
            }

            Finish(frame);
            if (frame.Depth == 0)
            {
                return;
            }

            Frame parent = _frames[frame.Depth - 1];
            Deliver(parent, new CallOutcome(frame.Status, frame.Gas), frame.Output);
            frame = parent;
        }
    }

    /// <summary>
    /// Runs compiled blocks as far as there are any, else the interpreter up to a jump that a block may follow.
    /// </summary>
    private int Run(Frame frame, Instruction[] table)
    {
        if (frame.Code.FindBlock(frame.ProgramCounter, _context.Compiler) is Block block)
        {
            int signal = BlockLoop.Run(frame, block);
            if (signal != BlockSignal.Interpret)
            {
                return signal;
            }
        }

        return InstructionLoop.Run<TracingOff>(frame, table);
    }

    /// <summary>
    /// Does what the frame asked for: the frame to run next is a new one, or the same if it is over at once.
    /// </summary>
    private Frame Descend(Frame frame)
    {
        ReadOnlyMemory<byte> input = frame.MemoryBuffer.AsMemory(frame.Request.InputOffset, frame.Request.InputLength);
        Frame? child = Enter(ref frame.Request, frame.Self, frame.Depth + 1, input, out CallOutcome outcome);
        if (child is not null)
        {
            return child;
        }

        Deliver(frame, outcome, outcome.HasOutput ? _precompileOutput.Bytes : []);
        return frame;
    }

    /// <summary>Gives a called frame's results to its caller.</summary>
    private static void Deliver(Frame parent, CallOutcome outcome, ReadOnlySpan<byte> output)
    {
        ref CallRequest request = ref parent.Request;
        bool succeeded = outcome.Status == ExecutionStatus.Success;
        bool isCreate = request.Kind is CallKind.Create or CallKind.Create2;
        parent.Gas += outcome.GasLeft;
        parent.SetReturnData(output);
        int copied = Math.Min(output.Length, request.OutputLength);
        output[..copied].CopyTo(parent.MemorySpan(request.OutputOffset, copied));
        parent.Stack[parent.StackHeight - 1] =
            !succeeded ? UInt256.Zero
            : isCreate ? Words.FromAddress(request.Target!.Address)
            : UInt256.One;
    }

    /// <summary>Keeps or undoes what an ended frame did.</summary>
    private void Finish(Frame frame)
    {
        if (frame.Status == ExecutionStatus.Success && frame.Kind is CallKind.Create or CallKind.Create2)
        {
            Deposit(frame);
        }

        if (frame.Status != ExecutionStatus.Success)
        {
            _context.State.RevertTo(frame.Snapshot);
        }

        _context.Tracer?.EndCall(frame.Status, (ulong)(frame.GasAtEntry - frame.Gas), frame.Output);
    }

    /// <summary>Pays for and stores the code that init code returned.</summary>
    private void Deposit(Frame frame)
    {
        ReadOnlySpan<byte> code = frame.Output;
        if (code.Length > VmLimits.MaxCodeBytes)
        {
            frame.Fail(ExecutionStatus.CodeTooLarge);
        }
        else if (code.Length > 0 && code[0] == ReservedCodePrefix)
        {
            frame.Fail(ExecutionStatus.InvalidCodePrefix);
        }
        else if (!frame.TryCharge((long)GasCost.CodeDepositByte * code.Length))
        {
            frame.Fail(ExecutionStatus.OutOfGas);
        }
        else
        {
            _context.State.SetCode(frame.Self.Address, code.ToArray());
            frame.OutputLength = 0;
        }
    }

    private void TraceEnter(in CallRequest request, AccountEntry sender, int depth, ReadOnlySpan<byte> input)
    {
        if (_context.Tracer is ITracer tracer)
        {
            tracer.BeginCall(new TraceCall
            {
                Kind = request.Kind,
                From = sender.Address,
                To = (request.CodeSource ?? request.Target)?.Address ?? default,
                Value = request.Value,
                Gas = (ulong)request.Gas,
                Input = input,
                Depth = depth,
            });
        }
    }

    private void TraceExit(CallOutcome outcome, long gas) => _context.Tracer?.EndCall(
        outcome.Status, (ulong)(gas - outcome.GasLeft), outcome.HasOutput ? _precompileOutput.Bytes : []);
}
