using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm.State;

namespace EnergyChain.Ledger.Execution;

/// <summary>
/// Decides, without executing anything, which transactions may stand together in the next block, in order. An account
/// without code loses coin only through what it signs, so a transaction that is admitted here, every earlier one
/// taken at its highest cost and nothing received, can be paid when its turn comes: no block ever holds one that
/// has to be skipped. The proposer fills its block through it and every validator checks a proposal with it.
/// </summary>
/// <param name="state">State after the parent block.</param>
/// <param name="height">Height of the block.</param>
/// <param name="parameters">The chain's.</param>
public sealed class BlockAdmission(IStateReader state, Height height, ChainParameters parameters)
{
    private readonly Dictionary<Address, Standing> _standings = [];

    /// <summary>Transactions admitted.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of the transactions admitted, each with the longest memo that it may have.</summary>
    public int Bytes { get; private set; }

    /// <summary>Sum of the gas limits of the transactions admitted.</summary>
    public Gas GasLimit { get; private set; }

    /// <summary>
    /// Admits the transaction as the next one, or says why not and stays as it was. Signatures are the caller's.
    /// </summary>
    public TransactionRefusal Add(Transaction transaction)
    {
        TransactionRefusal form = TransactionRules.CheckForm(transaction, height, parameters);
        if (form != TransactionRefusal.None)
        {
            return form;
        }

        Gas gas = GasLimit + transaction.Body.GasLimit;
        int bytes = Bytes + transaction.BlockLength;
        if (Count == Limits.MaxBlockTransactions
            || bytes > Limits.MaxBlockBytes - Limits.BlockOverheadBytes
            || gas > parameters.BlockGasLimit)
        {
            return TransactionRefusal.BlockFull;
        }

        TransactionRefusal refusal = CheckSender(transaction);
        if (refusal == TransactionRefusal.None)
        {
            Charge(transaction);
            (Count, Bytes, GasLimit) = (Count + 1, bytes, gas);
        }

        return refusal;
    }

    private TransactionRefusal CheckSender(Transaction transaction)
    {
        ulong expected = StandingOf(transaction.Sender).Nonce;
        if (transaction.Body.Nonce != expected)
        {
            return transaction.Body.Nonce < expected ? TransactionRefusal.NonceTooLow : TransactionRefusal.NonceTooHigh;
        }

        return TransactionRules.CheckBalances(transaction, parameters, address => StandingOf(address).Balance);
    }

    private void Charge(Transaction transaction)
    {
        Standing sender = StandingOf(transaction.Sender);
        _standings[transaction.Sender] =
            new Standing(sender.Nonce + 1, sender.Balance - transaction.Body.Value);
        Standing payer = StandingOf(transaction.GasPayer);
        UInt256 fee = TransactionCost.MaximumFee(transaction.Body, parameters);
        _standings[transaction.GasPayer] = payer with { Balance = payer.Balance - fee };
    }

    private Standing StandingOf(Address address)
    {
        if (_standings.TryGetValue(address, out Standing standing))
        {
            return standing;
        }

        return state.TryGetAccount(address, out AccountState account)
            ? new Standing(account.Nonce, account.Balance)
            : default;
    }

    private readonly record struct Standing(ulong Nonce, UInt256 Balance);
}
