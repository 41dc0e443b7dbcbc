using System.Diagnostics.CodeAnalysis;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Index.Parts;

namespace EnergyChain.Node.Index;

/// <summary>
/// Reads the index for one request: positions by list, rows by position. Holds no part: a merge or a removal between
/// two reads is not noticed, since positions mean the same in every part. Throws <see cref="IndexDamageException"/>
/// where a part turned out damaged, which the index then mends. Not thread-safe.
/// </summary>
internal sealed class IndexReader(IndexStore store)
{
    private const int BatchPositions = 256;
    private const int MaxCachedChunks = 64;
    private const int MaxAttempts = 20;
    private const int MaxHistoryPositions = 4_096;

    private readonly Dictionary<ulong, IReadOnlyList<TransactionRow>> _transactions = [];
    private readonly Dictionary<ulong, IReadOnlyList<EventRow>> _events = [];

    /// <summary>Positions of a list from one down, newest first.</summary>
    public IEnumerable<ulong> Down(IndexKey key, ulong from)
    {
        ulong to = from;
        while (true)
        {
            (IReadOnlyList<ulong> Found, ulong Floor) batch = At(
                to,
                part => (part.Positions(key, part.Range.FirstPosition, to, BatchPositions), part.Range.FirstPosition));
            if (batch.Found is null)
            {
                yield break;
            }

            for (int i = batch.Found.Count - 1; i >= 0; i--)
            {
                yield return batch.Found[i];
            }

            to = (batch.Found.Count >= BatchPositions ? batch.Found[0] : batch.Floor) - 1;
        }
    }

    /// <summary>Positions of all rows of a table from one down, newest first.</summary>
    public IEnumerable<ulong> Down(IndexRows table, ulong from)
    {
        ulong to = from;
        while (true)
        {
            (ChunkPlace Place, byte[]? Chunk, ulong Floor) batch = At(to, part =>
                part.TryGetChunk(table, to, out ChunkPlace place, out byte[] chunk)
                    ? (place, chunk, part.Range.FirstPosition)
                    : (default, [], part.Range.FirstPosition));
            if (batch.Chunk is null)
            {
                yield break;
            }

            ulong floor = batch.Floor;
            if (batch.Chunk.Length > 0)
            {
                floor = batch.Place.Position;
                ulong[] positions = table == IndexRows.Transactions
                    ? [.. RowChunk.Transactions(batch.Chunk, batch.Place).Select(row => row.Position)]
                    : [.. RowChunk.Events(batch.Chunk, batch.Place).Select(row => row.Position)];
                for (int i = positions.Length - 1; i >= 0; i--)
                {
                    if (positions[i] <= to)
                    {
                        yield return positions[i];
                    }
                }
            }

            to = floor - 1;
        }
    }

    /// <summary>
    /// Positions of a list from one up, at most 4,096, until no later block can matter any more.
    /// </summary>
    public IEnumerable<ulong> Up(IndexKey key, ulong from, Func<bool> isOver)
    {
        ulong at = from;
        int left = MaxHistoryPositions;
        while (left > 0)
        {
            ulong low = at;
            (IReadOnlyList<ulong> Found, Height Last) batch = At(low, part =>
                (part.Positions(key, low, ulong.MaxValue, int.MaxValue), part.Range.Last));
            if (batch.Found is null)
            {
                yield break;
            }

            foreach (ulong position in batch.Found.Take(left))
            {
                yield return position;
            }

            left -= batch.Found.Count;
            at = IndexPosition.Of(batch.Last.Next, 0);
            if (isOver() || store.Last is not { } last || batch.Last >= last)
            {
                yield break;
            }
        }
    }

    public bool TryGetTransaction(ulong position, [NotNullWhen(true)] out TransactionRow? row)
    {
        row = Find(IndexRows.Transactions, position, _transactions, RowChunk.Transactions, found => found.Position);
        return row is not null;
    }

    public bool TryGetEvent(ulong position, [NotNullWhen(true)] out EventRow? row)
    {
        row = Find(IndexRows.Events, position, _events, RowChunk.Events, found => found.Position);
        return row is not null;
    }

    /// <summary>A position that every row of before a time stands below, and none of it or after.</summary>
    public ulong PositionAt(IndexRows table, ulong timeMs)
    {
        ulong to = IndexPosition.Last;
        while (true)
        {
            ulong high = to;
            (ChunkPlace Place, byte[]? Chunk, ulong Floor) found = At(high, part =>
                part.TryGetChunkBefore(table, timeMs, out ChunkPlace place, out byte[] chunk)
                    ? (place, chunk, part.Range.FirstPosition)
                    : (default, [], part.Range.FirstPosition));
            if (found.Chunk is null)
            {
                return 0;
            }

            if (found.Chunk.Length > 0)
            {
                return 1 + (table == IndexRows.Transactions
                    ? RowChunk.Transactions(found.Chunk, found.Place).Last(row => row.TimeMs < timeMs).Position
                    : RowChunk.Events(found.Chunk, found.Place).Last(row => row.TimeMs < timeMs).Position);
            }

            to = found.Floor - 1;
        }
    }

    private T? Find<T>(
        IndexRows table,
        ulong position,
        Dictionary<ulong, IReadOnlyList<T>> cache,
        Func<byte[], ChunkPlace, IReadOnlyList<T>> decode,
        Func<T, ulong> positionOf)
        where T : class
    {
        foreach (IReadOnlyList<T> known in cache.Values)
        {
            if (positionOf(known[0]) <= position
                && positionOf(known[^1]) >= position
                && Search(known, position, positionOf) is { } row)
            {
                return row;
            }
        }

        IReadOnlyList<T>? rows = At(position, part =>
            part.TryGetChunk(table, position, out ChunkPlace place, out byte[] chunk) ? decode(chunk, place) : []);
        if (rows is not { Count: > 0 })
        {
            return null;
        }

        if (cache.Count == MaxCachedChunks)
        {
            cache.Clear();
        }

        cache[positionOf(rows[0])] = rows;
        return Search(rows, position, positionOf);
    }

    private static T? Search<T>(IReadOnlyList<T> rows, ulong position, Func<T, ulong> positionOf)
        where T : class
    {
        int low = 0;
        int high = rows.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            ulong at = positionOf(rows[middle]);
            if (at == position)
            {
                return rows[middle];
            }

            if (at < position)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return null;
    }

    /// <summary>Reads the newest part that begins at or below a position; default where none does.</summary>
    private T? At<T>(ulong position, Func<IIndexPart, T> read)
    {
        for (int attempt = 1; ; attempt++)
        {
            IIndexPart? part = store.View.LastOrDefault(part => part.Range.FirstPosition <= position);
            try
            {
                return part is null ? default : read(part);
            }
            catch (PartGoneException) when (attempt < MaxAttempts)
            {
                // Merged or removed since; the view has what stands in its place.
            }
            catch (IndexDamageException damage)
            {
                store.Damaged(part!, damage);
                throw;
            }
        }
    }
}
