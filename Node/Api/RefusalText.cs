using System.Numerics;
using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Pool;
using EnergyChain.Vm.State;

namespace EnergyChain.Node.Api;

/// <summary>A refusal in a sentence with the figures that decided it.</summary>
internal sealed class RefusalText(IChain chain, ITransactionPool pool)
{
    public string Describe(TransactionRefusal refusal, Transaction transaction)
    {
        TransactionBody body = transaction.Body;
        ChainParameters parameters = chain.Head.Parameters;
        Height head = chain.Head.Height;
        return refusal switch
        {
            TransactionRefusal.None => "",
            TransactionRefusal.TooLarge =>
                $"The transaction has {transaction.EncodedLength} bytes; the limit is {Limits.MaxTransactionBytes}.",
            TransactionRefusal.WrongChainId =>
                $"The transaction is for chain {body.ChainId}; this is chain {parameters.ChainId}.",
            TransactionRefusal.BadSignature =>
                "A signature does not hold for the transaction, or the fee payer did not sign it.",
            TransactionRefusal.MemoMismatch => "The memo is not the one whose hash was signed.",
            TransactionRefusal.WrongGasPrice =>
                $"The gas price is {body.GasPrice}; this chain's unit price is {parameters.GasPrice} base units.",
            TransactionRefusal.GasLimitTooLow =>
                $"The gas limit {body.GasLimit} does not cover what the transaction costs before it runs.",
            TransactionRefusal.GasLimitTooHigh =>
                $"The gas limit is {body.GasLimit}; one transaction may ask for {parameters.TransactionGasLimit}.",
            TransactionRefusal.Expired =>
                $"The transaction is valid until height {body.ValidUntil}; the head is at {head}.",
            TransactionRefusal.ValidityTooLong =>
                $"Valid until height {body.ValidUntil} lies more than {Limits.MaxValidityBlocks} blocks after "
                + $"the head at {head}.",
            TransactionRefusal.NonceTooLow =>
                $"The nonce is {body.Nonce}; the account expects {NonceOf(transaction.Sender)}.",
            TransactionRefusal.NonceTooHigh =>
                $"The nonce is {body.Nonce}; the account expects {NonceOf(transaction.Sender)} and takes at most "
                + $"{Limits.MaxNonceAhead} more.",
            TransactionRefusal.InsufficientBalance => DescribeBalance(transaction),
            TransactionRefusal.AlreadyKnown => "The transaction is in the pool or in a block already.",
            TransactionRefusal.NonceTaken =>
                $"Another transaction of {transaction.Sender} with nonce {body.Nonce} waits in the pool; "
                + $"the next free nonce is {pool.NextNonce(transaction.Sender)}.",
            TransactionRefusal.PoolFull =>
                $"The pool is full: {pool.Count} transactions, {pool.Bytes} bytes. Try again after the next block.",
            TransactionRefusal.SenderPoolFull =>
                $"The sender has {Limits.MaxPoolTransactionsPerSender} transactions in the pool, which is the limit.",
            TransactionRefusal.NotReady => "The node is catching up or stopping; try again or ask another node.",
            TransactionRefusal.NotPermitted => $"{transaction.Sender} may not write to this chain.",
            TransactionRefusal.BlockFull => "The block has no room for the transaction; it may go into a later one.",
            TransactionRefusal.Overloaded => Overloaded(pool.Ready),
            _ => $"Refused: {refusal}.",
        };
    }

    /// <summary>Why a transaction was turned away before it was looked at.</summary>
    /// <param name="waiting">Transactions that wait at this node.</param>
    public string Overloaded(int waiting) =>
        $"{waiting} transactions wait at this node, and it takes no more for now. Come again in "
        + $"{chain.Head.Parameters.BlockIntervalMs} ms, or ask another node.";

    private string DescribeBalance(Transaction transaction)
    {
        TransactionBody body = transaction.Body;
        BigInteger gas = body.GasPrice.ToBigInteger() * body.GasLimit.Value;
        BigInteger value = body.Value.ToBigInteger();
        bool delegated = transaction.GasPayer != transaction.Sender;
        BigInteger senderNeed = delegated ? value : value + gas;
        BigInteger senderHas = BalanceOf(transaction.Sender);
        string sender = $"{transaction.Sender} has {senderHas} base units and needs {senderNeed}";
        return delegated && senderHas >= senderNeed
            ? $"The fee payer {transaction.GasPayer} has {BalanceOf(transaction.GasPayer)} base units and needs {gas} "
                + "for gas."
            : $"{sender} (value {value}, gas at most {(delegated ? 0 : gas)}).";
    }

    private ulong NonceOf(Address address) => Read(address).Nonce;

    private BigInteger BalanceOf(Address address) => Read(address).Balance.ToBigInteger();

    private AccountState Read(Address address) =>
        chain.Read((state, _) => state.TryGetAccount(address, out AccountState account) ? account : default);
}
