using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Index.Parts;

namespace EnergyChain.Node.Index;

/// <summary>
/// Brings the index level with its source: blocks are read and decoded ahead in parallel and added in order by the
/// caller's thread, the one writer.
/// </summary>
internal sealed class IndexFiller(IndexStore store, IIndexSource source, IndexTuning tuning, Height? keepFrom)
{
    /// <summary>The height that the index begins at where nothing is there yet.</summary>
    public Height Begin => keepFrom is { } wanted && wanted > source.First ? wanted : source.First;

    /// <summary>The height to add next.</summary>
    public Height Next => store.Last is { } last ? last.Next : Begin;

    /// <summary>
    /// Heights below the last that are missing: a damaged part between others, or, where nothing expires, at the
    /// beginning. Null for none.
    /// </summary>
    public PartRange? Missing()
    {
        if (store.First is not { } first)
        {
            return null;
        }

        return keepFrom is null && first > source.First
            ? new PartRange(source.First, new Height(first.Value - 1))
            : store.Gap();
    }

    /// <summary>
    /// Adds every block up to the end of the source, however far that moves meanwhile. Throws
    /// <see cref="IndexSourceException"/> where the source does not give one.
    /// </summary>
    /// <param name="isEnough">Asked after each block; true ends it.</param>
    /// <param name="cancellationToken">Ends it between two blocks.</param>
    public void FillToEnd(Func<bool> isEnough, CancellationToken cancellationToken)
    {
        if (Next < source.First)
        {
            // What lies between is nowhere any more: history begins anew.
            store.Clear();
        }

        if (Next > source.Last)
        {
            return;
        }

        foreach (BlockRows rows in Ahead(Next, null, cancellationToken))
        {
            store.Add(rows);
            if (isEnough())
            {
                return;
            }
        }
    }

    /// <summary>Fills a gap below the last height; where the source does not reach it, what is below it goes.</summary>
    public void Fill(PartRange gap, Action<Height> progress, CancellationToken cancellationToken)
    {
        if (gap.First < source.First)
        {
            store.RemoveUpTo(gap.Last);
            return;
        }

        MemoryPart part = new(gap.First);
        foreach (BlockRows rows in Ahead(gap.First, gap.Last, cancellationToken))
        {
            part.Add(rows);
            if (rows.Height == gap.Last || store.IsFull(part))
            {
                store.Seal(part);
                part = new MemoryPart(rows.Height.Next);
            }

            progress(rows.Height);
        }
    }

    private IEnumerable<BlockRows> Ahead(Height first, Height? last, CancellationToken cancellationToken)
    {
        Queue<(Height Height, Task<BlockRows?> Rows)> ahead = new();
        Height next = first;
        while (true)
        {
            while (ahead.Count < tuning.ReadAhead && next <= (last ?? source.Last))
            {
                Height height = next;
                ahead.Enqueue((height, Task.Run(() => TryRead(height), CancellationToken.None)));
                next = next.Next;
            }

            if (!ahead.TryDequeue(out (Height Height, Task<BlockRows?> Rows) done))
            {
                yield break;
            }

            cancellationToken.ThrowIfCancellationRequested();
            BlockRows? rows = done.Rows.GetAwaiter().GetResult();
            if (rows is null && done.Height == source.Last)
            {
                // The chain shows its new head a moment before the receipts are stored; it tells when they are.
                yield break;
            }

            yield return rows ?? TryRead(done.Height) ?? throw new IndexSourceException(
                $"The chain has no block or no receipts of height {done.Height}.");
        }
    }

    private BlockRows? TryRead(Height height) =>
        source.TryRead(height, out CommittedBlock? block, out IReadOnlyList<Receipt>? receipts)
            ? BlockRows.Of(block, receipts)
            : null;
}
