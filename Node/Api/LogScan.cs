using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Node.Api;

/// <summary>Looks for events in the receipts of a range of blocks, oldest first; needs no index.</summary>
internal sealed class LogScan(IChain chain)
{
    public Proto.GetLogsResponse Page(Proto.GetLogsRequest request, CancellationToken cancellationToken)
    {
        LogFilter filter = LogFilter.Read(request.Filter);
        ulong head = chain.Head.Height.Value;
        ulong from = Math.Max(request.FromHeight, 1);
        if (from < chain.FirstReceipts.Value)
        {
            if (request.FromHeight != 0)
            {
                throw ApiError.NotKept(
                    $"Events before block {chain.FirstReceipts} are not held here: this node joined by a snapshot.");
            }

            from = chain.FirstReceipts.Value;
        }

        ulong to = request.ToHeight == 0 ? head : Math.Min(request.ToHeight, head);
        if (request.ToHeight != 0 && request.ToHeight < from)
        {
            throw ApiError.Invalid("to_height", $"{request.ToHeight} lies before from_height {from}.");
        }

        ulong[] place = PageToken.Numbers(request.PageToken, 2) ?? [from, 0];
        if (place[0] < from)
        {
            throw ApiError.Invalid("page_token", "it belongs to another range; start again without it.");
        }

        int size = RequestFields.PageSize(request.PageSize);
        Proto.GetLogsResponse response = new();
        ErasedRecords erased = new(chain.Erasures);
        ulong height = place[0];
        ulong skip = place[1];
        for (int scanned = 0; scanned < ApiLimits.MaxScannedBlocks && height <= to; scanned++, height++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            List<Proto.Log> found = InBlock(new Height(height), filter, erased);
            List<Proto.Log> rest = [.. found.Skip((int)Math.Min(skip, int.MaxValue))];
            skip = 0;
            response.ScannedTo = height;
            int room = size - response.Logs.Count;
            response.Logs.AddRange(rest.Take(room));
            if (rest.Count > room)
            {
                response.NextPageToken = PageToken.OfNumbers(height, (ulong)(found.Count - rest.Count + room));
                erased.NameIn(response.Erased);
                return response;
            }
        }

        response.NextPageToken = height <= to ? PageToken.OfNumbers(height, 0) : "";
        erased.NameIn(response.Erased);
        return response;
    }

    /// <summary>
    /// The block's events that the filter lets through, in order, but for those of erased records.
    /// </summary>
    public List<Proto.Log> InBlock(Height height, LogFilter filter, ErasedRecords erased)
    {
        List<Proto.Log> found = [];
        if (!chain.TryGetReceipts(height, out IReadOnlyList<Receipt>? receipts)
            || receipts.All(receipt => receipt.Logs.Count == 0)
            || !chain.TryGetBlock(height, out CommittedBlock? block))
        {
            return found;
        }

        for (int transaction = 0; transaction < receipts.Count; transaction++)
        {
            Receipt receipt = receipts[transaction];
            for (int log = 0; log < receipt.Logs.Count; log++)
            {
                if (filter.Matches(receipt.Logs[log]) && !erased.LeavesOut(receipt.TransactionId))
                {
                    found.Add(ApiMessages.Log(
                        receipt.Logs[log], block.Block.Header, receipt.TransactionId, transaction, log));
                }
            }
        }

        return found;
    }
}
