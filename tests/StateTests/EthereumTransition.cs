using System.Numerics;
using EnergyChain.Core.Numerics;
using EnergyChain.Vm;
using EnergyChain.Vm.State;
using EnergyChain.Vm.Tracing;

namespace EnergyChain.StateTests;

/// <summary>Ethereum's rules around a message, at the Cancun fork: validity, fee, refund, coinbase.</summary>
public static class EthereumTransition
{
    private const ulong MaxRefundQuotient = 5;

    /// <summary>Runs the transaction unless it is invalid, which changes nothing.</summary>
    public static TransactionOutcome Run(
        EvmMachine machine,
        in BlockEnvironment block,
        EthereumTransaction transaction,
        StateOverlay state,
        ITracer? tracer = null)
    {
        ulong intrinsicGas = IntrinsicGas.Of(transaction.Data, transaction.To is null, transaction.AccessList);
        if (FindError(block, transaction, state.GetAccount(transaction.Sender), intrinsicGas) is string error)
        {
            return new TransactionOutcome(error, 0, null);
        }

        UInt256 tip = block.BaseFee + transaction.MaxPriorityFee;
        UInt256 price = tip < transaction.MaxFee ? tip : transaction.MaxFee;
        state.BeginTransaction();
        state.SubtractBalance(transaction.Sender, price * transaction.GasLimit);
        state.IncrementNonce(transaction.Sender);
        ExecutionResult result = machine.Execute(
            block,
            new TransactionEnvironment(transaction.Sender, price),
            new CallMessage(
                transaction.Sender,
                transaction.To,
                transaction.Value,
                transaction.Data,
                transaction.GasLimit - intrinsicGas,
                transaction.AccessList),
            state,
            tracer);
        ulong gasUsed = intrinsicGas + result.GasUsed;
        gasUsed -= Math.Min(result.GasRefund, gasUsed / MaxRefundQuotient);
        state.AddBalance(transaction.Sender, price * (transaction.GasLimit - gasUsed));
        state.AddBalance(block.Coinbase, (price - block.BaseFee) * gasUsed);
        state.EndTransaction();
        return new TransactionOutcome(null, gasUsed, result);
    }

    private static string? FindError(
        in BlockEnvironment block, EthereumTransaction transaction, in AccountState sender, ulong intrinsicGas)
    {
        BigInteger cost = (transaction.MaxFee.ToBigInteger() * transaction.GasLimit) + transaction.Value.ToBigInteger();
        return sender.HasCode ? "SENDER_NOT_EOA"
            : transaction.Nonce < sender.Nonce ? "NONCE_MISMATCH_TOO_LOW"
            : transaction.Nonce > sender.Nonce ? "NONCE_MISMATCH_TOO_HIGH"
            : transaction.Nonce == ulong.MaxValue ? "NONCE_IS_MAX"
            : transaction.MaxPriorityFee > transaction.MaxFee ? "PRIORITY_GREATER_THAN_MAX_FEE_PER_GAS"
            : transaction.MaxFee < block.BaseFee ? "INSUFFICIENT_MAX_FEE_PER_GAS"
            : transaction.GasLimit > block.GasLimit.Value ? "GAS_ALLOWANCE_EXCEEDED"
            : transaction.To is null && transaction.Data.Length > VmLimits.MaxInitCodeBytes ? "INITCODE_SIZE_EXCEEDED"
            : transaction.GasLimit < intrinsicGas ? "INTRINSIC_GAS_TOO_LOW"
            : cost > sender.Balance.ToBigInteger() ? "INSUFFICIENT_ACCOUNT_FUNDS"
            : null;
    }
}
