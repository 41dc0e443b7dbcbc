using System.Runtime.InteropServices;
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

        // The payer's place comes first, since a new one may move all others.
        bool isDelegated = transaction.GasPayer != transaction.Sender;
        if (isDelegated)
        {
            _ = StandingOf(transaction.GasPayer);
        }

        ref Standing sender = ref StandingOf(transaction.Sender);
        ref Standing payer = ref isDelegated
            ? ref CollectionsMarshal.GetValueRefOrNullRef(_standings, transaction.GasPayer)
            : ref sender;
        if (transaction.Body.Nonce != sender.Nonce)
        {
            return transaction.Body.Nonce < sender.Nonce
                ? TransactionRefusal.NonceTooLow
                : TransactionRefusal.NonceTooHigh;
        }

        TransactionRefusal refusal =
            TransactionRules.CheckBalances(transaction, parameters, sender.Balance, payer.Balance);
        if (refusal == TransactionRefusal.None)
        {
            sender.Nonce++;
            sender.Balance -= transaction.Body.Value;
            payer.Balance -= TransactionCost.MaximumFee(transaction.Body, parameters);
            (Count, Bytes, GasLimit) = (Count + 1, bytes, gas);
        }

        return refusal;
    }

    private ref Standing StandingOf(Address address)
    {
        ref Standing standing = ref CollectionsMarshal.GetValueRefOrAddDefault(_standings, address, out bool known);
        if (!known && state.TryGetAccount(address, out AccountState account))
        {
            standing = new Standing { Nonce = account.Nonce, Balance = account.Balance };
        }

        return ref standing;
    }

    private struct Standing
    {
        public ulong Nonce;
        public UInt256 Balance;
    }
}
