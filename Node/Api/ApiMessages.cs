using EnergyChain.Contracts;
using EnergyChain.Contracts.Views;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Erasure;
using Google.Protobuf;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Node.Api;

/// <summary>The chain's values as messages of the API.</summary>
internal static class ApiMessages
{
    public static Proto.Block Block(
        CommittedBlock committed,
        IReadOnlyList<Receipt>? receipts,
        ErasureBook erasures,
        bool withTransactions,
        bool withRaw)
    {
        Block block = committed.Block;
        Proto.Block message = Header(committed);
        message.TransactionIds.AddRange(block.Transactions.Select(transaction => transaction.Id.ToString()));
        foreach (Receipt receipt in receipts ?? [])
        {
            message.GasUsed += receipt.GasUsed.Value;
        }

        if (withTransactions)
        {
            message.Transactions.AddRange(
                block.Transactions.Take(ApiLimits.MaxDecodedTransactions).Select(each => Body(each, erasures)));
        }

        message.Erased.AddRange(erasures.In(block).Select(ErasedRecords.Message));
        if (withRaw && message.Erased.Count == 0)
        {
            message.Raw = UnsafeByteOperations.UnsafeWrap(Bcs.Encode(committed));
        }

        return message;
    }

    /// <summary>What is said of a block without its transactions.</summary>
    public static Proto.Block Header(CommittedBlock committed)
    {
        Block block = committed.Block;
        BlockHeader header = block.Header;
        Proto.Block message = new()
        {
            Height = header.Height.Value,
            Hash = header.Hash.ToString(),
            TimeMs = header.Time.UnixMs,
            ParentHash = header.ParentHash.ToString(),
            TransactionsRoot = header.TransactionsRoot.ToString(),
            ParentStateRoot = header.ParentStateRoot.ToString(),
            ParentReceiptsRoot = header.ParentReceiptsRoot.ToString(),
            ParentGasUsed = header.ParentGasUsed.Value,
            TermHash = header.TermHash.ToString(),
            NextTermHash = header.NextTermHash.ToString(),
            Proposer = header.Proposer.ToString(),
            LastCertificateHash = header.LastCertificateHash.ToString(),
            EvidenceRoot = header.EvidenceRoot.ToString(),
            ChainId = header.ChainId.Value,
            EvidenceCount = (uint)block.Evidence.Count,
            CommitRound = committed.Certificate.Round.Value,
            CommitSignatures = (uint)committed.Certificate.Signers.Count,
            TransactionCount = (uint)block.Transactions.Count,
        };
        message.CommitSigners.AddRange(committed.Certificate.Signers.Select(signer => (uint)signer));
        return message;
    }

    /// <summary>What was signed, or where its record was erased no more than that.</summary>
    public static Proto.TransactionBody Body(Transaction transaction, ErasureBook erasures) =>
        erasures.TryFind(transaction.Id, out RecordErasure? erasure)
            ? new Proto.TransactionBody { Id = transaction.Id.ToString(), Erased = ErasedRecords.Message(erasure) }
            : Body(transaction);

    public static Proto.TransactionBody Body(Transaction transaction)
    {
        TransactionBody body = transaction.Body;
        return new Proto.TransactionBody
        {
            Id = transaction.Id.ToString(),
            Sender = transaction.Sender.ToString(),
            Nonce = body.Nonce,
            To = body.To?.ToString() ?? "",
            Value = body.Value.ToString(),
            Data = UnsafeByteOperations.UnsafeWrap(body.Data),
            GasLimit = body.GasLimit.Value,
            GasPrice = body.GasPrice.ToString(),
            ValidUntil = body.ValidUntil.Value,
            FeePayer = body.FeePayer?.ToString() ?? "",
            EncodedBytes = (uint)transaction.EncodedLength,
            Memo = UnsafeByteOperations.UnsafeWrap(transaction.Memo ?? ReadOnlyMemory<byte>.Empty),
        };
    }

    public static Proto.Receipt Receipt(Receipt receipt, Transaction transaction, BlockHeader header, int index)
    {
        Proto.Receipt message = new()
        {
            Height = header.Height.Value,
            Index = (uint)index,
            TimeMs = header.Time.UnixMs,
            Succeeded = receipt.Succeeded,
            GasUsed = receipt.GasUsed.Value,
            Fee = Fee(receipt, transaction).ToString(),
            CreatedContract = receipt.CreatedContract?.ToString() ?? "",
            Output = UnsafeByteOperations.UnsafeWrap(receipt.Output),
            Failure = receipt.Succeeded ? "" : Failure(receipt, transaction),
        };
        for (int i = 0; i < receipt.Logs.Count; i++)
        {
            message.Logs.Add(Log(receipt.Logs[i], header, transaction.Id, index, i));
        }

        return message;
    }

    public static Proto.Log Log(LogEntry log, BlockHeader header, Hash32 transactionId, int transaction, int index)
    {
        Proto.Log message = Log(log);
        message.Height = header.Height.Value;
        message.TimeMs = header.Time.UnixMs;
        message.TransactionId = transactionId.ToString();
        message.TransactionIndex = (uint)transaction;
        message.LogIndex = (uint)index;
        return message;
    }

    /// <summary>A log that is in no block: of a call.</summary>
    public static Proto.Log Log(LogEntry log)
    {
        Proto.Log message = new()
        {
            Address = log.Address.ToString(),
            Data = UnsafeByteOperations.UnsafeWrap(log.Data),
            Name = ContractEvents.NameOf(log),
        };
        message.Topics.AddRange(log.Topics.Select(topic => topic.ToString()));
        return message;
    }

    public static UInt256 Fee(Receipt receipt, Transaction transaction) =>
        UInt256.FromBigInteger(transaction.Body.GasPrice.ToBigInteger() * receipt.GasUsed.Value);

    /// <summary>Why the transaction failed, in words.</summary>
    public static string Failure(Receipt receipt, Transaction transaction)
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
