using EnergyChain.Node.Api;
using Google.Protobuf;

namespace EnergyChain.Node.Index;

/// <summary>Pages through a list of the index, newest first, letting through what a request asks for.</summary>
internal sealed class HistoryPages(IndexDatabase database)
{
    // Rows that one page looks at; a page can end early and still have a next one.
    private const int MaxScannedRows = 5_000;
    private const int BatchRows = 256;

    public Page<T> Of<T>(
        IndexTable table, (string List, string Key)? list, string pageToken, uint pageSize, Func<T, RowVerdict> judge)
        where T : class, IMessage<T>, new()
    {
        ulong position = PageToken.Numbers(pageToken, 1)?[0] ?? IndexPosition.Last;
        int size = RequestFields.PageSize(pageSize);
        List<T> rows = [];
        for (int scanned = 0; scanned < MaxScannedRows; scanned += BatchRows)
        {
            IReadOnlyList<(ulong Position, ulong Id)> batch = list is { } named
                ? database.Scan(named.List, named.Key, Math.Min(position, IndexPosition.Last), BatchRows)
                : database.Scan(table, Math.Min(position, IndexPosition.Last), BatchRows);
            foreach ((ulong at, ulong id) in batch)
            {
                if (rows.Count == size)
                {
                    return new Page<T>(rows, PageToken.OfNumbers(at));
                }

                T? row = database.Get<T>(table, id);
                RowVerdict verdict = row is null ? RowVerdict.Skip : judge(row);
                if (verdict == RowVerdict.Stop)
                {
                    return new Page<T>(rows, "");
                }

                if (verdict == RowVerdict.Take)
                {
                    rows.Add(row!);
                }

                position = at;
            }

            if (batch.Count < BatchRows || position == 0)
            {
                return new Page<T>(rows, "");
            }

            position--;
        }

        return new Page<T>(rows, PageToken.OfNumbers(position));
    }
}
