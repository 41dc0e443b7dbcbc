using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Storage;

/// <summary>
/// The changes of the term before the first block of a node that joined by a snapshot, as it verified them: with them
/// it lets others join who have nothing but the genesis.
/// </summary>
internal static class TermLinkFile
{
    /// <summary>Replaces the file durably. <see cref="IOException"/> where the disk fails.</summary>
    public static void Write(IDisk disk, string path, Hash32 genesisHash, IReadOnlyList<TermLink> links)
    {
        string beside = path + ".new";
        FileHeader header = new(FileKind.TermLinks, genesisHash, (ulong)links.Count);
        using (RecordFile file = RecordFile.Create(disk, beside, header))
        {
            foreach (TermLink link in links)
            {
                file.Append([Bcs.Encode(link)]);
            }

            file.Sync();
        }

        disk.Rename(beside, path);
        disk.SyncDirectory(Path.GetDirectoryName(path)!);
    }

    /// <summary>
    /// The links in ascending order; none, with a log line, where the file is damaged, and none where there is none.
    /// </summary>
    public static IReadOnlyList<TermLink> Read(IDisk disk, string path, Hash32 genesisHash, ILogger logger)
    {
        if (!disk.Exists(path))
        {
            return [];
        }

        List<TermLink> links = [];
        using RecordFile? file = RecordFile.Open(disk, path, FileKind.TermLinks, genesisHash);
        file?.Scan((_, record) =>
        {
            if (Bcs.TryDecode(record, out TermLink? change, out DecodeError _))
            {
                links.Add(change);
            }
        });
        if (file is null || (ulong)links.Count != file.Header.Number)
        {
            StorageLog.TermLinksDamaged(logger, path);
            return [];
        }

        return links;
    }
}
