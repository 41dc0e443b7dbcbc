using EnergyChain.Client.Model;
using EnergyChain.Contracts;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Proofs;

namespace EnergyChain.Client.Light;

/// <summary>Proven transactions as the client shows them.</summary>
internal static class ProvenTransactions
{
    public static TransactionInfo Info(TransactionProof proof)
    {
        Transaction transaction = proof.Transaction;
        TransactionBody body = transaction.Body;
        return new TransactionInfo(
            transaction.Id,
            proof.Outcome is null ? TransactionState.Included : TransactionState.Final,
            new TransactionBodyInfo(
                transaction.Sender,
                body.Nonce,
                body.To,
                body.Value,
                body.Data,
                body.GasLimit,
                body.GasPrice,
                body.ValidUntil,
                body.FeePayer,
                transaction.Memo ?? ReadOnlyMemory<byte>.Empty),
            proof.Outcome is { } outcome ? Receipt(proof, outcome.Receipt) : null);
    }

    private static ReceiptInfo Receipt(TransactionProof proof, Receipt receipt) => new(
        proof.Header.Height,
        null,
        proof.Header.Header.Time,
        receipt.Succeeded,
        receipt.GasUsed,
        UInt256.FromBigInteger(proof.Transaction.Body.GasPrice.ToBigInteger() * receipt.GasUsed.Value),
        receipt.CreatedContract,
        receipt.Output,
        receipt.Succeeded ? "" : Failure(proof.Transaction, receipt),
        [
            .. receipt.Logs.Select(static log => new LogInfo(
                log.Address, ContractEvents.NameOf(log), log.Topics, log.Data)),
        ]);

    private static string Failure(Transaction transaction, Receipt receipt)
    {
        if (receipt.Output.Length > 0)
        {
            return ContractErrors.Describe(receipt.Output.Span);
        }

        return receipt.GasUsed == transaction.Body.GasLimit
            ? $"used up its gas limit of {receipt.GasUsed}"
            : "reverted without a reason";
    }
}
