using EnergyChain.Core.Numerics;
using EnergyChain.Vm.Interpreter;
using EnergyChain.Vm.Opcodes;
using EnergyChain.Vm.State;

namespace EnergyChain.Vm.Instructions;

/// <content>Calls and creations: they charge, then leave a request for the machine.</content>
internal static partial class Handlers
{
    public static int Call(Frame frame, EvmStack stack, int next)
    {
        if (frame.IsStatic && !stack[2].IsZero)
        {
            return frame.Fail(ExecutionStatus.StaticViolation);
        }

        return RequestCall(frame, CallKind.Call, stack, stack[2], 3, next);
    }

    public static int Callcode(Frame frame, EvmStack stack, int next) =>
        RequestCall(frame, CallKind.CallCode, stack, stack[2], 3, next);

    public static int Delegatecall(Frame frame, EvmStack stack, int next) =>
        RequestCall(frame, CallKind.DelegateCall, stack, UInt256.Zero, 2, next);

    public static int Staticcall(Frame frame, EvmStack stack, int next) =>
        RequestCall(frame, CallKind.StaticCall, stack, UInt256.Zero, 2, next);

    public static int Create(Frame frame, EvmStack stack, int next) =>
        RequestCreate(frame, CallKind.Create, stack, UInt256.Zero, next);

    public static int Create2(Frame frame, EvmStack stack, int next) =>
        RequestCreate(frame, CallKind.Create2, stack, stack[3], next);

    /// <param name="frame">The caller.</param>
    /// <param name="kind">How it calls.</param>
    /// <param name="stack">Gas, address, a value for some kinds, then the two memory ranges.</param>
    /// <param name="value">Value that moves, or with CALLCODE only counts.</param>
    /// <param name="ranges">Depth of the first word of the memory ranges.</param>
    /// <param name="next">Where to go on.</param>
    private static int RequestCall(
        Frame frame, CallKind kind, EvmStack stack, in UInt256 value, int ranges, int next)
    {
        if (!frame.TryExpand(stack[ranges], stack[ranges + 1], out int inputOffset, out int inputLength)
            || !frame.TryExpand(stack[ranges + 2], stack[ranges + 3], out int outputOffset, out int outputLength)
            || !TryAccess(frame, stack[1], out AccountEntry account)
            || !frame.TryCharge(ValueCost(kind, value, account)))
        {
            return OutOfGas(frame);
        }

        // EIP-150: a call can have all but one 64th of what is left.
        long available = frame.Gas - (frame.Gas / 64);
        long gas = stack[0].FitsUInt64 ? (long)Math.Min(stack[0].Low64, (ulong)available) : available;
        frame.Gas -= gas;
        bool isDelegate = kind == CallKind.DelegateCall;
        bool keepsSelf = isDelegate || kind == CallKind.CallCode;
        frame.Request = new CallRequest
        {
            Kind = kind,
            Target = keepsSelf ? frame.Self : account,
            CodeSource = account,
            Caller = isDelegate ? frame.Caller : frame.Self.Address,
            Value = isDelegate ? frame.Value : value,
            TransfersValue = kind == CallKind.Call,
            IsStatic = frame.IsStatic || kind == CallKind.StaticCall,
            Gas = value.IsZero ? gas : gas + GasCost.CallStipend,
            InputOffset = inputOffset,
            InputLength = inputLength,
            OutputOffset = outputOffset,
            OutputLength = outputLength,
        };
        frame.ProgramCounter = next;
        return Frame.Suspended;
    }

    private static long ValueCost(CallKind kind, in UInt256 value, AccountEntry account)
    {
        if (value.IsZero)
        {
            return 0;
        }

        return GasCost.CallValue + (kind == CallKind.Call && account.IsEmpty ? GasCost.NewAccount : 0);
    }

    private static int RequestCreate(Frame frame, CallKind kind, EvmStack stack, in UInt256 salt, int next)
    {
        if (frame.IsStatic)
        {
            return frame.Fail(ExecutionStatus.StaticViolation);
        }

        if (!frame.TryExpand(stack[1], stack[2], out int offset, out int length))
        {
            return OutOfGas(frame);
        }

        if (length > VmLimits.MaxInitCodeBytes)
        {
            return frame.Fail(ExecutionStatus.InitCodeTooLarge);
        }

        long wordCost = GasCost.InitCodeWord + (kind == CallKind.Create2 ? GasCost.KeccakWord : 0);
        if (!frame.TryCharge(wordCost * Words.Count(length)))
        {
            return OutOfGas(frame);
        }

        long gas = frame.Gas - (frame.Gas / 64);
        frame.Gas -= gas;
        frame.Request = new CallRequest
        {
            Kind = kind,
            Caller = frame.Self.Address,
            Value = stack[0],
            TransfersValue = true,
            Gas = gas,
            InputOffset = offset,
            InputLength = length,
            Salt = salt,
        };
        frame.ProgramCounter = next;
        return Frame.Suspended;
    }
}
