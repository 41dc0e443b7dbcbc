using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Api;

namespace EnergyChain.Node.Index;

/// <summary>What the index takes of a block. Made on any thread, added by the one writer.</summary>
/// <param name="Height">Of the block.</param>
/// <param name="Hash">Of the block.</param>
/// <param name="TimeMs">Of the block.</param>
/// <param name="Transactions">In order.</param>
/// <param name="Events">In order.</param>
/// <param name="Postings">Ascending by position within each list.</param>
internal sealed record BlockRows(
    Height Height,
    Hash32 Hash,
    ulong TimeMs,
    IReadOnlyList<TransactionRow> Transactions,
    IReadOnlyList<EventRow> Events,
    PostingBuffer Postings)
{
    /// <summary>Longer data of events stays in the chain only; GetLogs has it.</summary>
    public const int MaxIndexedDataBytes = 64 * 1024;

    public static BlockRows Of(CommittedBlock committed, IReadOnlyList<Receipt> receipts)
    {
        BlockHeader header = committed.Block.Header;
        IReadOnlyList<Transaction> transactions = committed.Block.Transactions;
        TransactionRow[] rows = new TransactionRow[transactions.Count];
        List<EventRow> events = new(receipts.Sum(receipt => receipt.Logs.Count));
        PostingBuffer postings = new();
        for (int i = 0; i < rows.Length; i++)
        {
            ulong position = IndexPosition.Of(header.Height, i);
            rows[i] = TransactionRow.Of(
                position, header.Time, transactions[i], receipts[i], ApiMessages.Fee(receipts[i], transactions[i]));
            Post(rows[i], transactions[i].GasPayer, postings);
            for (int k = 0; k < Math.Min(receipts[i].Logs.Count, IndexPosition.MaxLogs); k++)
            {
                LogEntry log = receipts[i].Logs[k];
                log = log.Data.Length > MaxIndexedDataBytes ? log with { Data = ReadOnlyMemory<byte>.Empty } : log;
                EventRow row = new(IndexPosition.Of(header.Height, i, k), header.Time.UnixMs, log);
                events.Add(row);
                EventPostings.Add(row, postings);
            }
        }

        return new BlockRows(header.Height, header.Hash, header.Time.UnixMs, rows, events, postings);
    }

    private static void Post(TransactionRow row, Address payer, PostingBuffer postings)
    {
        postings.Add((IndexKey.Of(IndexList.TransactionsByAccount, row.Sender), row.Position));
        if (row.To is { } to && to != row.Sender)
        {
            postings.Add((IndexKey.Of(IndexList.TransactionsByAccount, to), row.Position));
        }

        if (payer != row.Sender && payer != row.To)
        {
            postings.Add((IndexKey.Of(IndexList.TransactionsByAccount, payer), row.Position));
        }
    }
}
