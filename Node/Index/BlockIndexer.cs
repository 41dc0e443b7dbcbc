using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Api;
using Google.Protobuf;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Node.Index;

/// <summary>Writes one block into the index. Writing a block again changes nothing.</summary>
internal sealed class BlockIndexer(IndexDatabase database, Hash32 genesisHash)
{
    // Longer data of foreign contracts stays in the chain only; GetLogs has it.
    private const int MaxIndexedDataBytes = 64 * 1024;

    private readonly MarketIndexer _market = new(database);

    public void Index(CommittedBlock committed, IReadOnlyList<Receipt> receipts)
    {
        BlockHeader header = committed.Block.Header;
        database.Write(new IndexHead(header.Height, header.Hash), genesisHash, () =>
        {
            IReadOnlyList<Transaction> transactions = committed.Block.Transactions;
            for (int i = 0; i < transactions.Count; i++)
            {
                IndexTransaction(header, transactions[i], receipts[i], i);
                IndexEvents(header, receipts[i], i);
            }
        });
    }

    private void IndexTransaction(BlockHeader header, Transaction transaction, Receipt receipt, int index)
    {
        ulong position = IndexPosition.Of(header.Height, index);
        TransactionBody body = transaction.Body;
        database.Put(IndexTable.Transactions, position, new Proto.TransactionSummary
        {
            Id = transaction.Id.ToString(),
            Height = header.Height.Value,
            Index = (uint)index,
            TimeMs = header.Time.UnixMs,
            Sender = transaction.Sender.ToString(),
            To = body.To?.ToString() ?? "",
            Value = body.Value.ToString(),
            Fee = ApiMessages.Fee(receipt, transaction).ToString(),
            FeePayer = body.FeePayer?.ToString() ?? "",
            Succeeded = receipt.Succeeded,
            GasUsed = receipt.GasUsed.Value,
            Selector = body.To is not null && body.Data.Length >= 4 ? Hex.Encode(body.Data.Span[..4]) : "",
        });
        HashSet<Address> accounts = [transaction.Sender, body.To ?? transaction.Sender, transaction.GasPayer];
        foreach (Address account in accounts)
        {
            database.Post(IndexLists.TransactionsByAccount, IndexLists.Key(account), position, position);
        }
    }

    private void IndexEvents(BlockHeader header, Receipt receipt, int index)
    {
        for (int i = 0; i < receipt.Logs.Count; i++)
        {
            LogEntry log = receipt.Logs[i];
            EventFields fields = EventFields.Of(log);
            Proto.Event row = new() { Log = ApiMessages.Log(log, header, receipt.TransactionId, index, i) };
            if (log.Data.Length > MaxIndexedDataBytes)
            {
                row.Log.Data = ByteString.Empty;
            }

            if (fields.Sites.Count > 0)
            {
                row.Site = fields.Sites[0];
            }

            if (fields.Slot is { } slot)
            {
                row.Slot = slot;
            }

            ulong position = IndexPosition.Of(header.Height, index, i);
            database.Put(IndexTable.Events, position, row);
            PostEvent(log, fields, position);
            _market.Index(log, row.Log, position);
        }
    }

    private void PostEvent(LogEntry log, EventFields fields, ulong position)
    {
        database.Post(IndexLists.EventsByContract, IndexLists.Key(log.Address), position, position);
        foreach (Address account in fields.Accounts)
        {
            database.Post(IndexLists.EventsByAccount, IndexLists.Key(account), position, position);
        }

        foreach (uint site in fields.Sites)
        {
            database.Post(IndexLists.EventsBySite, IndexLists.Key(site), position, position);
        }

        if (fields.Slot is { } slot)
        {
            database.Post(IndexLists.EventsBySlot, IndexLists.Key(slot), position, position);
        }

        if (fields.Name.Length > 0)
        {
            database.Post(IndexLists.EventsByName, fields.Name, position, position);
        }
    }
}
