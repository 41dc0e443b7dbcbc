namespace EnergyChain.Node.Index.Parts;

/// <summary>Puts adjacent parts into one: chunks of rows as they are, postings key by key.</summary>
internal static class PartMerge
{
    /// <summary>
    /// The oldest run of adjacent parts of one level that is long enough and makes no file too large.
    /// </summary>
    public static IReadOnlyList<FilePart> Candidates(
        IReadOnlyList<FilePart> parts, IndexTuning tuning, Func<FilePart, long> bytes)
    {
        for (int first = 0; first + tuning.Fanout <= parts.Count; first++)
        {
            FilePart[] run = [.. parts.Skip(first).Take(tuning.Fanout)];
            bool fits = Array.TrueForAll(run, part => part.Name.Level == run[0].Name.Level)
                && AreAdjacent(run)
                && run.Sum(bytes) <= tuning.MaxFileBytes;
            if (fits)
            {
                return run;
            }
        }

        return [];
    }

    /// <summary>Writes rows and postings of the parts, and gives what the new part says of itself.</summary>
    public static PartHead Write(
        IReadOnlyList<FilePart> parts,
        PartWriter writer,
        Action<FilePart> reading,
        CancellationToken cancellationToken)
    {
        PartHead[] heads = new PartHead[parts.Count];
        for (int i = 0; i < heads.Length; i++)
        {
            reading(parts[i]);
            heads[i] = parts[i].Head();
        }

        foreach (IndexRows table in Enum.GetValues<IndexRows>())
        {
            foreach (FilePart part in parts)
            {
                reading(part);
                foreach (ChunkPlace place in part.Read((_, directories) => directories.Of(table)))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    writer.AddChunk(table, place, part.Read((database, _) => database.Chunk(place.Chunk)));
                }
            }
        }

        PostingCursor[] cursors = [.. parts.Select(part => new PostingCursor(part, reading))];
        while (cursors.Where(cursor => !cursor.IsAtEnd).Select(cursor => (IndexKey?)cursor.Key).Min() is { } key)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (PostingCursor cursor in cursors)
            {
                for (; !cursor.IsAtEnd && cursor.Key == key; cursor.Move())
                {
                    writer.Add(key, cursor.Position);
                }
            }
        }

        return heads[^1] with
        {
            Range = new PartRange(heads[0].Range.First, heads[^1].Range.Last),
            Transactions = heads.Sum(head => head.Transactions),
            Events = heads.Sum(head => head.Events),
        };
    }

    private static bool AreAdjacent(FilePart[] run)
    {
        for (int i = 1; i < run.Length; i++)
        {
            if (run[i].Range.First != run[i - 1].Range.Last.Next)
            {
                return false;
            }
        }

        return true;
    }
}
