using EnergyChain.Core.Primitives;
using EnergyChain.Node.Api;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Node.Index;

/// <summary>Rows of the index as messages of the API.</summary>
internal sealed class HistoryMessages(IndexReader reader)
{
    public Proto.TransactionSummary? Transaction(ulong position) =>
        reader.TryGetTransaction(position, out TransactionRow? row)
            ? new Proto.TransactionSummary
            {
                Id = row.Id.ToString(),
                Height = IndexPosition.HeightOf(position).Value,
                Index = (uint)IndexPosition.TransactionOf(position),
                TimeMs = row.TimeMs,
                Sender = row.Sender.ToString(),
                To = row.To?.ToString() ?? "",
                Value = row.Value.ToString(),
                Fee = row.Fee.ToString(),
                FeePayer = row.FeePayer?.ToString() ?? "",
                Succeeded = row.Succeeded,
                GasUsed = row.GasUsed,
                Selector = row.Selector is { } selector ? $"0x{selector:x8}" : "",
            }
            : null;

    public Proto.Event? Event(ulong position)
    {
        if (!reader.TryGetEvent(position, out EventRow? row))
        {
            return null;
        }

        EventFields fields = EventFields.Of(row.Log);
        Proto.Event message = new() { Log = ApiMessages.Log(row.Log) };
        message.Log.Height = IndexPosition.HeightOf(position).Value;
        message.Log.TimeMs = row.TimeMs;
        message.Log.TransactionId = TransactionOf(position);
        message.Log.TransactionIndex = (uint)IndexPosition.TransactionOf(position);
        message.Log.LogIndex = (uint)IndexPosition.LogOf(position);
        if (fields.Sites.Count > 0)
        {
            message.Site = fields.Sites[0];
        }

        if (fields.Slot is { } slot)
        {
            message.Slot = slot;
        }

        return message;
    }

    /// <summary>Id of the transaction that an event is of.</summary>
    public string TransactionOf(ulong eventPosition)
    {
        Height height = IndexPosition.HeightOf(eventPosition);
        ulong position = IndexPosition.Of(height, IndexPosition.TransactionOf(eventPosition));
        return reader.TryGetTransaction(position, out TransactionRow? row) ? row.Id.ToString() : "";
    }
}
