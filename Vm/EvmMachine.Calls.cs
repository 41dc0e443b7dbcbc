using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm.Interpreter;
using EnergyChain.Vm.Precompiles;
using EnergyChain.Vm.State;

namespace EnergyChain.Vm;

/// <content>Entering calls and creations.</content>
public sealed partial class EvmMachine
{
    /// <summary>
    /// Starts a call or creation. Null when it is over at once, which <paramref name="outcome"/> then tells.
    /// </summary>
    private Frame? Enter(
        ref CallRequest request, AccountEntry sender, int depth, ReadOnlyMemory<byte> input, out CallOutcome outcome)
    {
        bool isCreate = request.Kind is CallKind.Create or CallKind.Create2;
        if (isCreate && !TryNameContract(ref request, sender, depth, input.Span, out outcome))
        {
            TraceEnter(request, sender, depth, input.Span);
            TraceExit(outcome, request.Gas);
            return null;
        }

        TraceEnter(request, sender, depth, input.Span);
        Frame? frame = null;
        if (depth > VmLimits.CallDepth)
        {
            outcome = new CallOutcome(ExecutionStatus.CallTooDeep, request.Gas);
        }
        else if (!CanPay(request, sender))
        {
            outcome = new CallOutcome(ExecutionStatus.InsufficientBalance, request.Gas);
        }
        else if (isCreate)
        {
            frame = EnterCreate(request, sender, depth, input.Span, out outcome);
        }
        else
        {
            frame = EnterCall(request, sender, depth, input, out outcome);
        }

        if (frame is null)
        {
            TraceExit(outcome, request.Gas);
        }

        return frame;
    }

    private static bool CanPay(in CallRequest request, AccountEntry sender)
    {
        if (request.Kind is CallKind.DelegateCall or CallKind.StaticCall || request.Value.IsZero)
        {
            return true;
        }

        // The second half cannot happen with a bounded coin supply; it keeps any state from overflowing.
        return sender.Balance >= request.Value
            && (request.Target == sender || request.Target!.Balance <= UInt256.MaxValue - request.Value);
    }

    private Frame? EnterCall(
        in CallRequest request, AccountEntry sender, int depth, ReadOnlyMemory<byte> input, out CallOutcome outcome)
    {
        StateOverlay state = _context.State;
        StateSnapshot snapshot = state.Snapshot();
        AccountEntry target = request.Target!;
        if (request.TransfersValue)
        {
            state.SubtractBalance(sender, request.Value);
            state.AddBalance(target, request.Value);
        }
        else if (request.Kind == CallKind.StaticCall)
        {
            state.Touch(target);
        }

        AccountEntry source = request.CodeSource!;
        if (PrecompileTable.Find(source.Address) is IPrecompile precompile)
        {
            outcome = Run(precompile, request.Gas, input.Span);
            if (outcome.Status != ExecutionStatus.Success)
            {
                state.RevertTo(snapshot);
            }

            return null;
        }

        ContractCode code = _context.CodeCache.Get(source.CodeHash, state);
        outcome = new CallOutcome(ExecutionStatus.Success, request.Gas);
        return code.Length == 0 ? null : Begin(request, depth, code, input, snapshot);
    }

    private CallOutcome Run(IPrecompile precompile, long gas, ReadOnlySpan<byte> input)
    {
        long cost = precompile.GasCost(input);
        if (cost > gas)
        {
            return new CallOutcome(ExecutionStatus.OutOfGas, 0);
        }

        return precompile.TryRun(input, _precompileOutput)
            ? new CallOutcome(ExecutionStatus.Success, gas - cost, HasOutput: true)
            : new CallOutcome(ExecutionStatus.PrecompileFailure, 0);
    }

    private Frame Begin(
        in CallRequest request, int depth, ContractCode code, ReadOnlyMemory<byte> input, StateSnapshot snapshot)
    {
        Frame frame = FrameAt(depth);
        code.CountCall();
        frame.Start(code, request.Gas);
        frame.Self = request.Target!;
        frame.Caller = request.Caller;
        frame.Value = request.Value;
        frame.IsStatic = request.IsStatic;
        frame.Kind = request.Kind;
        frame.Input = input;
        frame.Snapshot = snapshot;
        return frame;
    }

    /// <summary>Finds the new contract's account; false when the creation cannot even begin.</summary>
    private bool TryNameContract(
        ref CallRequest request, AccountEntry sender, int depth, ReadOnlySpan<byte> initCode, out CallOutcome outcome)
    {
        outcome = default;
        if (initCode.Length > VmLimits.MaxInitCodeBytes)
        {
            outcome = new CallOutcome(ExecutionStatus.InitCodeTooLarge, 0);
            return false;
        }

        if (depth > 0 && sender.Nonce == ulong.MaxValue)
        {
            outcome = new CallOutcome(ExecutionStatus.NonceOverflow, request.Gas);
            return false;
        }

        ulong nonce = depth > 0 || sender.Nonce == 0 ? sender.Nonce : sender.Nonce - 1;
        Address address = request.Kind == CallKind.Create2
            ? ContractAddress.OfSalt(sender.Address, request.Salt, initCode)
            : ContractAddress.OfNonce(sender.Address, nonce);
        request.Target = _context.State.Entry(address);
        return true;
    }

    private Frame? EnterCreate(
        in CallRequest request, AccountEntry sender, int depth, ReadOnlySpan<byte> initCode, out CallOutcome outcome)
    {
        StateOverlay state = _context.State;
        AccountEntry target = request.Target!;
        if (depth > 0)
        {
            state.SetNonce(sender, sender.Nonce + 1);
        }

        state.WarmUp(target);
        if (target.Nonce != 0 || target.HasCode || state.HasStorage(target))
        {
            outcome = new CallOutcome(ExecutionStatus.CreateCollision, 0);
            return null;
        }

        StateSnapshot snapshot = state.Snapshot();
        state.MarkCreated(target);
        state.SetNonce(target, 1);
        state.SubtractBalance(sender, request.Value);
        state.AddBalance(target, request.Value);
        outcome = default;
        return Begin(request, depth, new ContractCode(initCode, _context.Engine), default, snapshot);
    }
}
