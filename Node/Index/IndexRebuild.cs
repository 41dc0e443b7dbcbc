using EnergyChain.Core.Primitives;
using EnergyChain.Node.Index.Parts;
using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Index;

/// <summary>
/// Builds the index anew while no node runs. One that was interrupted goes on after the last file that it completed: a
/// mark in the folder tells, which goes when it is done or when a node takes the index over.
/// </summary>
internal sealed class IndexRebuild(
    IDisk disk, string folder, Hash32 genesisHash, IndexTuning tuning, int keepDays, ILogger logger)
{
    private const string Mark = "rebuilding";

    /// <summary>True where an earlier rebuild was interrupted and this one goes on with it.</summary>
    public bool IsResumed => disk.Exists(MarkPath);

    private string MarkPath => Path.Combine(folder, Mark);

    /// <summary>Forgets that a rebuild was interrupted.</summary>
    public static void Forget(IDisk disk, string folder)
    {
        if (disk.Exists(Path.Combine(folder, Mark)))
        {
            disk.Delete(Path.Combine(folder, Mark));
        }
    }

    /// <summary>Runs to the end of the source and gives the blocks that the index then holds.</summary>
    /// <param name="source">Block log and receipts.</param>
    /// <param name="progress">Told of each height.</param>
    /// <param name="cancellationToken">Ends it after a block; what is in files stays.</param>
    public PartRange? Run(IIndexSource source, Action<Height> progress, CancellationToken cancellationToken)
    {
        IndexFolder.RemoveFormerFile(folder, logger);
        bool isResumed = IsResumed;
        using IndexStore store = IndexStore.Open(
            disk, folder, genesisHash, tuning with { LeastBlocksAtStop = 1 }, logger);
        if (!isResumed)
        {
            using (IDiskFile mark = disk.Open(MarkPath))
            {
                mark.Sync();
            }

            store.Clear();
            disk.SyncDirectory(folder);
        }

        store.Trim(source);
        Height? keepFrom = keepDays == 0 || source.Last < source.First
            ? null
            : IndexFolder.FirstSince(source, KeptSince(source));
        IndexFiller filler = new(store, source, tuning, keepFrom);
        bool isMergeDue = true;
        while (isMergeDue)
        {
            FillGaps(filler, progress, cancellationToken);
            filler.FillToEnd(
                () =>
                {
                    progress(filler.Next.Previous);
                    return store.MergeCandidates().Count > 0;
                },
                cancellationToken);
            IReadOnlyList<FilePart> parts = store.MergeCandidates();

            // A merge reads every byte of its parts: one that turned out damaged is a gap now.
            isMergeDue = parts.Count > 0
                && (store.Merge(parts, cancellationToken) || filler.Missing() is not null);
        }

        store.SealAtStop();
        Forget(disk, folder);
        return store.First is { } first ? new PartRange(first, store.Last!.Value) : null;
    }

    private static void FillGaps(IndexFiller filler, Action<Height> progress, CancellationToken cancellationToken)
    {
        while (filler.Missing() is { } gap)
        {
            filler.Fill(gap, progress, cancellationToken);
        }
    }

    private ulong KeptSince(IIndexSource source)
    {
        ulong kept = (ulong)keepDays * 24 * 3_600_000;
        return source.TryReadTime(source.Last, out BlockTime time) && time.UnixMs > kept
            ? time.UnixMs - kept
            : 0;
    }
}
