using EnergyChain.Node.Api;

namespace EnergyChain.Node.Index;

/// <summary>Pages through positions of the index, newest first, letting through what a request asks for.</summary>
internal static class HistoryPages
{
    // Rows that one page looks at; a page can end early and still have a next one.
    private const int MaxScannedRows = 5_000;

    /// <param name="positionsFrom">The positions from one down.</param>
    /// <param name="ceiling">No position at or above it is wanted.</param>
    /// <param name="pageToken">Of the request.</param>
    /// <param name="pageSize">Of the request.</param>
    /// <param name="read">The row of a position; null where there is none.</param>
    /// <param name="judge">What of the rows is asked for.</param>
    public static Page<T> Of<T>(
        Func<ulong, IEnumerable<ulong>> positionsFrom,
        ulong ceiling,
        string pageToken,
        uint pageSize,
        Func<ulong, T?> read,
        Func<T, RowVerdict> judge)
        where T : class
    {
        ulong asked = PageToken.Numbers(pageToken, 1)?[0] ?? IndexPosition.Last;
        if (ceiling == 0)
        {
            return new Page<T>([], "");
        }

        ulong from = Math.Min(Math.Min(asked, ceiling - 1), IndexPosition.Last);
        int size = RequestFields.PageSize(pageSize);
        List<T> rows = [];
        int scanned = 0;
        foreach (ulong position in positionsFrom(from))
        {
            if (rows.Count == size || scanned++ == MaxScannedRows)
            {
                return new Page<T>(rows, PageToken.OfNumbers(position));
            }

            T? row = read(position);
            RowVerdict verdict = row is null ? RowVerdict.Skip : judge(row);
            if (verdict == RowVerdict.Stop)
            {
                break;
            }

            if (verdict == RowVerdict.Take)
            {
                rows.Add(row!);
            }
        }

        return new Page<T>(rows, "");
    }
}
