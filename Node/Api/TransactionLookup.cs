using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Pool;
using Google.Protobuf;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Node.Api;

/// <summary>Finds a transaction in the chain or the pool, at once or as soon as it is final.</summary>
internal sealed class TransactionLookup(
    IChain chain, ITransactionPool pool, HeadSignal heads, IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>What is known of a transaction; FAILED_PRECONDITION where its record was erased.</summary>
    public Proto.Transaction Find(Hash32 id, bool withRaw)
    {
        ErasedRecords.Refuse(chain, id);
        // The pool before the chain: a transaction on its way from one to the other is in either.
        bool waits = pool.TryGet(id, out Transaction? waiting);
        Proto.Transaction message = new() { Id = id.ToString() };
        Transaction? found = null;
        if (chain.TryFindTransaction(id, out TransactionLocation location)
            && chain.TryGetBlock(location.Height, out CommittedBlock? block))
        {
            found = block.Block.Transactions[location.Index];
            message.Status = Proto.TransactionStatus.Included;
            if (chain.TryGetReceipts(location.Height, out IReadOnlyList<Receipt>? receipts))
            {
                message.Status = Proto.TransactionStatus.Final;
                message.Receipt = ApiMessages.Receipt(
                    receipts[location.Index], found, block.Block.Header, location.Index);
            }
        }
        else if (waits)
        {
            found = waiting;
            message.Status = Proto.TransactionStatus.Pending;
        }

        if (found is not null)
        {
            message.Body = ApiMessages.Body(found);
            message.Raw = withRaw ? UnsafeByteOperations.UnsafeWrap(Bcs.Encode(found)) : ByteString.Empty;
        }

        return message;
    }

    /// <summary>
    /// Returns when it is final, can no longer become so, or the time is over. Included in a block from before the
    /// snapshot that the node joined by is as much as it will ever say of it.
    /// </summary>
    public async Task<Proto.Transaction> WaitAsync(Hash32 id, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using CancellationTokenSource expiry = new(timeout, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(
            expiry.Token, cancellationToken, lifetime.ApplicationStopping);
        ulong? validUntil = null;
        while (true)
        {
            Task next = heads.Next;
            ulong height = chain.Head.Height.Value;
            Proto.Transaction found = Find(id, withRaw: false);
            validUntil = found.Body?.ValidUntil ?? validUntil;
            bool tooLate = found.Status != Proto.TransactionStatus.Final && height >= validUntil;
            bool hasNoReceipt = found.Status == Proto.TransactionStatus.Included && IsBeforeReceipts(id);
            if (found.Status == Proto.TransactionStatus.Final
                || tooLate
                || hasNoReceipt
                || expiry.IsCancellationRequested)
            {
                return found;
            }

            try
            {
                await next.WaitAsync(either.Token);
            }
            catch (OperationCanceledException) when (
                !cancellationToken.IsCancellationRequested && !lifetime.ApplicationStopping.IsCancellationRequested)
            {
                return Find(id, withRaw: false);
            }
        }
    }

    private bool IsBeforeReceipts(Hash32 id) =>
        chain.TryFindTransaction(id, out TransactionLocation location) && location.Height < chain.FirstReceipts;
}
