using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm;
using EnergyChain.Vm.State;

namespace EnergyChain.Ledger.Execution;

/// <summary>
/// What the chain asks of a transaction before it is executed, signatures and the pool's own rules apart. One table
/// for admission, proposals and execution, so that they cannot disagree.
/// </summary>
public static class TransactionRules
{
    /// <summary>
    /// All rules for a transaction that is to be included at <paramref name="height"/> or soon after; its nonce may
    /// lie up to <see cref="Limits.MaxNonceAhead"/> ahead of the account's.
    /// </summary>
    public static TransactionRefusal Check(
        Transaction transaction, IStateReader state, Height height, ChainParameters parameters)
    {
        AccountState sender = state.TryGetAccount(transaction.Sender, out AccountState found) ? found : default;
        UInt256 payerBalance = transaction.GasPayer == transaction.Sender
            ? sender.Balance
            : BalanceOf(state, transaction.GasPayer);
        return Check(transaction, sender.Nonce, sender.Balance, payerBalance, height, parameters);
    }

    /// <summary>The same, by what the state holds of the accounts.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="senderNonce">The sender's next nonce.</param>
    /// <param name="senderBalance">Base units.</param>
    /// <param name="payerBalance">Base units of who pays the gas; the sender's where it does.</param>
    /// <param name="height">Height of the next block.</param>
    /// <param name="parameters">The chain's.</param>
    public static TransactionRefusal Check(
        Transaction transaction,
        ulong senderNonce,
        in UInt256 senderBalance,
        in UInt256 payerBalance,
        Height height,
        ChainParameters parameters)
    {
        TransactionRefusal form = CheckForm(transaction, height, parameters);
        if (form != TransactionRefusal.None)
        {
            return form;
        }

        if (!transaction.MemoMatches())
        {
            return TransactionRefusal.MemoMismatch;
        }

        if (transaction.Body.Nonce < senderNonce)
        {
            return TransactionRefusal.NonceTooLow;
        }

        return transaction.Body.Nonce - senderNonce > Limits.MaxNonceAhead
            ? TransactionRefusal.NonceTooHigh
            : CheckBalances(transaction, parameters, senderBalance, payerBalance);
    }

    /// <summary>
    /// The rules that need neither state nor memo: a memo is no part of what is agreed on, so neither a proposal's
    /// verdict nor execution may depend on it.
    /// </summary>
    public static TransactionRefusal CheckForm(Transaction transaction, Height height, ChainParameters parameters)
    {
        TransactionBody body = transaction.Body;
        if (transaction.BlockLength > Limits.MaxTransactionBytes)
        {
            return TransactionRefusal.TooLarge;
        }

        if (body.ChainId != parameters.ChainId)
        {
            return TransactionRefusal.WrongChainId;
        }

        TransactionRefusal gas = CheckGas(body, parameters);
        return gas != TransactionRefusal.None ? gas : CheckValidity(body, height);
    }

    /// <summary>Whether sender and gas payer can pay the value and the highest fee out of these balances.</summary>
    internal static TransactionRefusal CheckBalances(
        Transaction transaction, ChainParameters parameters, in UInt256 senderBalance, in UInt256 payerBalance)
    {
        UInt256 fee = TransactionCost.MaximumFee(transaction.Body, parameters);
        UInt256 value = transaction.Body.Value;
        if (transaction.GasPayer != transaction.Sender)
        {
            return senderBalance < value || payerBalance < fee
                ? TransactionRefusal.InsufficientBalance
                : TransactionRefusal.None;
        }

        return UInt256.AddOverflows(value, fee, out UInt256 total) || senderBalance < total
            ? TransactionRefusal.InsufficientBalance
            : TransactionRefusal.None;
    }

    internal static UInt256 BalanceOf(IStateReader state, Address address) =>
        state.TryGetAccount(address, out AccountState account) ? account.Balance : UInt256.Zero;

    private static TransactionRefusal CheckGas(TransactionBody body, ChainParameters parameters)
    {
        if (body.GasPrice != parameters.GasPrice)
        {
            return TransactionRefusal.WrongGasPrice;
        }

        if (body.GasLimit > parameters.TransactionGasLimit || body.GasLimit > parameters.BlockGasLimit)
        {
            return TransactionRefusal.GasLimitTooHigh;
        }

        return body.GasLimit.Value < IntrinsicGas.Of(body.Data.Span, body.To is null)
            ? TransactionRefusal.GasLimitTooLow
            : TransactionRefusal.None;
    }

    private static TransactionRefusal CheckValidity(TransactionBody body, Height height)
    {
        if (body.ValidUntil < height)
        {
            return TransactionRefusal.Expired;
        }

        return body.ValidUntil.Value - height.Value > Limits.MaxValidityBlocks
            ? TransactionRefusal.ValidityTooLong
            : TransactionRefusal.None;
    }
}
