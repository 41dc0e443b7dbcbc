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

    private readonly int _damages = store.Damages;
    private readonly List<KnownChunk> _transactions = [];
    private readonly List<KnownChunk> _events = [];

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
            (IReadOnlyList<(ulong Position, ulong TimeMs)> Rows, ulong Floor) batch = At(to, part =>
                part.TryGetChunk(table, to, out ChunkPlace place, out byte[] chunk)
                    ? (RowChunk.Places(table, chunk, place), place.Position)
                    : ([], part.Range.FirstPosition));
            if (batch.Rows is null)
            {
                yield break;
            }

            for (int i = batch.Rows.Count - 1; i >= 0; i--)
            {
                if (batch.Rows[i].Position <= to)
                {
                    yield return batch.Rows[i].Position;
                }
            }

            to = batch.Floor - 1;
        }
    }

    /// <summary>
    /// Positions of a list from one up, at most 4,096, until no later block can matter any more. Throws
    /// <see cref="IndexDamageException"/> at a hole that a damaged part left.
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

            if (IndexPosition.HeightOf(low) > batch.Last)
            {
                throw new IndexDamageException($"the blocks from {IndexPosition.HeightOf(low)} on are missing");
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
        KnownChunk? chunk = ChunkOf(IndexRows.Transactions, position, _transactions);
        row = chunk is null ? null : RowChunk.Transaction(chunk.Bytes, chunk.Place, position);
        return row is not null;
    }

    public bool TryGetEvent(ulong position, [NotNullWhen(true)] out EventRow? row)
    {
        KnownChunk? chunk = ChunkOf(IndexRows.Events, position, _events);
        row = chunk is null ? null : RowChunk.Event(chunk.Bytes, chunk.Place, position);
        return row is not null;
    }

    /// <summary>A position that every row of before a time stands below, and none of it or after.</summary>
    public ulong PositionAt(IndexRows table, ulong timeMs)
    {
        ulong to = IndexPosition.Last;
        while (true)
        {
            ulong high = to;
            (IReadOnlyList<(ulong Position, ulong TimeMs)> Rows, ulong Floor) found = At(high, part =>
                part.TryGetChunkBefore(table, timeMs, out ChunkPlace place, out byte[] chunk)
                    ? (RowChunk.Places(table, chunk, place), part.Range.FirstPosition)
                    : ([], part.Range.FirstPosition));
            if (found.Rows is null)
            {
                return 0;
            }

            if (found.Rows.Count > 0)
            {
                return 1 + found.Rows.Last(row => row.TimeMs < timeMs).Position;
            }

            to = found.Floor - 1;
        }
    }

    private KnownChunk? ChunkOf(IndexRows table, ulong position, List<KnownChunk> known)
    {
        foreach (KnownChunk each in known)
        {
            if (each.Place.Position <= position && position <= each.Last)
            {
                return each;
            }
        }

        KnownChunk? found = At(position, part =>
            part.TryGetChunk(table, position, out ChunkPlace place, out byte[] chunk)
                ? new KnownChunk(place, RowChunk.Places(table, chunk, place)[^1].Position, chunk)
                : null);
        if (found is null)
        {
            return null;
        }

        if (known.Count == MaxCachedChunks)
        {
            known.Clear();
        }

        known.Add(found);
        return found;
    }

    /// <summary>Reads the newest part that begins at or below a position; default where none does.</summary>
    private T? At<T>(ulong position, Func<IIndexPart, T> read)
    {
        for (int attempt = 1; ; attempt++)
        {
            IIndexPart? part = store.View.LastOrDefault(part => part.Range.FirstPosition <= position);
            if (store.Damages != _damages)
            {
                throw new IndexDamageException("a damaged part was taken out meanwhile");
            }

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

    private sealed record KnownChunk(ChunkPlace Place, ulong Last, byte[] Bytes);
}
