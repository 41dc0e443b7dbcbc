using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm.Interpreter;
using EnergyChain.Vm.Opcodes;
using EnergyChain.Vm.State;

namespace EnergyChain.Vm.Instructions;

/// <content>Other accounts, other blocks, and the end of this account.</content>
internal static partial class Handlers
{
    public static int Balance(Frame frame, EvmStack stack, int next)
    {
        if (!TryAccess(frame, stack[0], out AccountEntry account))
        {
            return OutOfGas(frame);
        }

        stack[0] = account.Balance;
        return next;
    }

    public static int Extcodesize(Frame frame, EvmStack stack, int next)
    {
        if (!TryAccess(frame, stack[0], out AccountEntry account))
        {
            return OutOfGas(frame);
        }

        stack[0] = (ulong)frame.Context.CodeCache.Get(account.CodeHash, frame.State).Length;
        return next;
    }

    public static int Extcodecopy(Frame frame, EvmStack stack, int next)
    {
        if (!TryAccess(frame, stack[0], out AccountEntry account)
            || !frame.TryExpand(stack[1], stack[3], out int offset, out int length)
            || !frame.TryCharge(GasCost.CopyWord * Words.Count(length)))
        {
            return OutOfGas(frame);
        }

        ContractCode code = frame.Context.CodeCache.Get(account.CodeHash, frame.State);
        frame.CopyIn(offset, length, code.Bytes, stack[2]);
        return next;
    }

    public static int Extcodehash(Frame frame, EvmStack stack, int next)
    {
        if (!TryAccess(frame, stack[0], out AccountEntry account))
        {
            return OutOfGas(frame);
        }

        stack[0] = account.IsEmpty ? UInt256.Zero : Words.FromHash(account.CodeHash);
        return next;
    }

    public static int Blockhash(Frame frame, EvmStack stack, int next)
    {
        ulong number = frame.Context.Block.Number.Value;
        ulong asked = stack[0].Low64;
        bool isKnown = stack[0].FitsUInt64 && asked < number && number - asked <= VmLimits.BlockHashWindow;
        stack[0] = isKnown
            ? Words.FromHash(frame.Context.Block.BlockHashes.GetBlockHash(new Height(asked)))
            : UInt256.Zero;
        return next;
    }

    /// <summary>A transaction of this chain carries no blobs, so there is none to hash.</summary>
    public static int Blobhash(Frame frame, EvmStack stack, int next)
    {
        stack[0] = UInt256.Zero;
        return next;
    }

    /// <summary>
    /// EIP-6780: deletes only an account that the same transaction created; else it only sends the balance.
    /// </summary>
    public static int Selfdestruct(Frame frame, EvmStack stack, int next)
    {
        if (frame.IsStatic)
        {
            return frame.Fail(ExecutionStatus.StaticViolation);
        }

        StateOverlay state = frame.State;
        AccountEntry heir = state.Entry(Words.ToAddress(stack[0]));
        UInt256 balance = frame.Self.Balance;
        long cost = state.WarmUp(heir) ? GasCost.ColdAccount : 0;
        cost += heir.IsEmpty && !balance.IsZero ? GasCost.NewAccount : 0;
        bool isCreatedHere = state.IsCreated(frame.Self);
        if (!frame.TryCharge(cost))
        {
            return OutOfGas(frame);
        }

        if (heir != frame.Self)
        {
            if (heir.Balance > UInt256.MaxValue - balance)
            {
                return frame.Fail(ExecutionStatus.InsufficientBalance);
            }

            state.SubtractBalance(frame.Self, balance);
            state.AddBalance(heir, balance);
        }
        else if (isCreatedHere)
        {
            state.SetBalance(frame.Self, UInt256.Zero);
        }

        if (isCreatedHere)
        {
            state.MarkDestructed(frame.Self);
        }

        frame.Context.Tracer?.Selfdestruct(frame.Self.Address, heir.Address, balance, isCreatedHere);

        return frame.End(ExecutionStatus.Success, 0, 0);
    }

    /// <summary>The account of a word, its first access paid for (EIP-2929); false when that is out of gas.</summary>
    private static bool TryAccess(Frame frame, in UInt256 word, out AccountEntry account)
    {
        Address address = Words.ToAddress(word);
        account = null!;

        // What cannot be paid is not looked up: a failed access would leave an entry behind for a fraction of its
        // price, and calls that fail so could fill memory.
        if (frame.Gas < GasCost.ColdAccountExtra && !frame.State.IsKnownWarm(address))
        {
            return false;
        }

        account = frame.State.Entry(address);
        return !frame.State.WarmUp(account) || frame.TryCharge(GasCost.ColdAccountExtra);
    }
}
