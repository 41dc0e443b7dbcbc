using EnergyChain.Core.Chain;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm.Interpreter;
using EnergyChain.Vm.Opcodes;
using EnergyChain.Vm.State;

namespace EnergyChain.Vm.Instructions;

/// <content>Persistent and transient storage, and logs.</content>
internal static partial class Handlers
{
    public static int Sload(Frame frame, EvmStack stack, int next)
    {
        StateOverlay state = frame.State;

        // As with accounts: what cannot be paid leaves no entry behind.
        if (frame.Gas < GasCost.ColdSlotExtra && !state.IsKnownWarm(frame.Self, stack[0]))
        {
            return OutOfGas(frame);
        }

        int slot = state.Slot(frame.Self, stack[0]);
        if (state.WarmUp(slot) && !frame.TryCharge(GasCost.ColdSlotExtra))
        {
            return OutOfGas(frame);
        }

        stack[0] = state.Current(slot);
        return next;
    }

    /// <summary>EIP-2200 with the warm and cold prices of EIP-2929 and the refunds of EIP-3529.</summary>
    public static int Sstore(Frame frame, EvmStack stack, int next)
    {
        if (frame.IsStatic)
        {
            return frame.Fail(ExecutionStatus.StaticViolation);
        }

        if (frame.Gas <= GasCost.StoreSentry)
        {
            return OutOfGas(frame);
        }

        StateOverlay state = frame.State;
        int slot = state.Slot(frame.Self, stack[0]);
        UInt256 current = state.Current(slot);
        UInt256 original = state.Original(slot);
        ref UInt256 value = ref stack[1];
        long cost = state.WarmUp(slot) ? GasCost.ColdSlot : 0;
        bool isClean = current != value && original == current;
        cost += !isClean ? GasCost.WarmAccess : original.IsZero ? GasCost.StoreSet : GasCost.StoreReset;
        if (!frame.TryCharge(cost))
        {
            return OutOfGas(frame);
        }

        if (current != value)
        {
            state.AddRefund(StoreRefund(original, current, value));
            state.SetStorage(slot, value);
        }

        return next;
    }

    public static int Tload(Frame frame, EvmStack stack, int next)
    {
        stack[0] = frame.State.GetTransient(frame.Self, stack[0]);
        return next;
    }

    public static int Tstore(Frame frame, EvmStack stack, int next)
    {
        if (frame.IsStatic)
        {
            return frame.Fail(ExecutionStatus.StaticViolation);
        }

        frame.State.SetTransient(frame.Self, stack[0], stack[1]);
        return next;
    }

    public static int Log<TTopics>(Frame frame, EvmStack stack, int next)
        where TTopics : struct, ICount
    {
        if (frame.IsStatic)
        {
            return frame.Fail(ExecutionStatus.StaticViolation);
        }

        if (!frame.TryExpand(stack[0], stack[1], out int offset, out int length)
            || !frame.TryCharge((long)GasCost.LogByte * length))
        {
            return OutOfGas(frame);
        }

        Hash32[] topics = new Hash32[TTopics.Value];
        for (int i = 0; i < topics.Length; i++)
        {
            topics[i] = Words.ToHash(stack[2 + i]);
        }

        LogEntry entry = new(frame.Self.Address, topics, frame.MemorySpan(offset, length).ToArray());
        frame.State.AddLog(entry);
        frame.Context.Tracer?.Log(entry);
        return next;
    }

    private static long StoreRefund(in UInt256 original, in UInt256 current, in UInt256 value)
    {
        if (original == current)
        {
            return !original.IsZero && value.IsZero ? GasCost.StoreClearRefund : 0;
        }

        long refund = 0;
        if (!original.IsZero)
        {
            refund = current.IsZero ? -GasCost.StoreClearRefund : value.IsZero ? GasCost.StoreClearRefund : 0;
        }

        if (original == value)
        {
            refund += (original.IsZero ? GasCost.StoreSet : GasCost.StoreReset) - GasCost.WarmAccess;
        }

        return refund;
    }
}
