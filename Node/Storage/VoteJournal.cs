using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Consensus;

namespace EnergyChain.Node.Storage;

/// <summary>The vote journal as a record file. For one thread at a time.</summary>
public sealed class VoteJournal : IVoteJournal, IDisposable
{
    private readonly IDisk _disk;
    private readonly string _path;
    private readonly Hash32 _genesisHash;
    private readonly BcsWriter _group = new();
    private RecordFile _file;

    private VoteJournal(IDisk disk, string path, Hash32 genesisHash, RecordFile file)
    {
        _disk = disk;
        _path = path;
        _genesisHash = genesisHash;
        _file = file;
    }

    /// <summary>
    /// Opens the journal. A torn tail is cut; damage before it, and a journal that is absent where it may not be made,
    /// is a <see cref="StorageException"/>, because a validator that forgets a vote may sign a second one.
    /// </summary>
    /// <param name="disk">Where it lies.</param>
    /// <param name="path">Its file.</param>
    /// <param name="genesisHash">The chain's.</param>
    /// <param name="logger">Told of a tail that was cut.</param>
    /// <param name="mayCreate">
    /// Whether an absent journal is made: on a chain without blocks, or where the operator has said so.
    /// </param>
    public static VoteJournal Open(IDisk disk, string path, Hash32 genesisHash, ILogger logger, bool mayCreate = true)
    {
        disk.Delete(BesidePath(path));
        RecordFile? file = disk.Exists(path) ? RecordFile.Open(disk, path, FileKind.Votes, genesisHash) : null;
        if (file is null && disk.Exists(path))
        {
            throw new StorageException(
                $"{path} has a damaged header. Restore it from a copy; a validator without its journal may vote "
                + "twice.");
        }

        if (file is null && !mayCreate)
        {
            throw new StorageException(
                $"{path} is absent, and the chain has blocks: this validator may have voted, and without its journal "
                + "may vote twice. Bring the file back. Where it is lost for good, or this node was no validator "
                + "before, set newVoteJournal to true for one start, when no other node runs with its key and the "
                + "council is past the height where it stopped.");
        }

        if (file is null)
        {
            return new VoteJournal(disk, path, genesisHash, WriteWhole(disk, path, genesisHash, []));
        }

        long last = FileHeader.Size;
        long end = file.Scan((offset, _) => last = offset);
        if (end < file.End)
        {
            if (file.FindSoundRecord(end) is not null)
            {
                file.Dispose();
                throw new StorageException(
                    $"{path} is damaged at byte {end} and sound records follow. Restore it from a copy; a validator "
                    + "without its journal may vote twice.");
            }

            StorageLog.JournalTailCut(logger, path, file.End - end);
            file.Truncate(end);
        }

        // What we read we may say again, so it must not be lost after all.
        file.Refresh(last);
        disk.SyncDirectory(Path.GetDirectoryName(path)!);
        return new VoteJournal(disk, path, genesisHash, file);
    }

    public void Append(IReadOnlyList<ReadOnlyMemory<byte>> records)
    {
        if (records.Count == 0)
        {
            return;
        }

        Group(records, _group);
        _file.Append([_group.WrittenMemory]);
        _file.Sync();
    }

    public IReadOnlyList<byte[]> ReadAll()
    {
        List<byte[]> records = [];
        _file.Scan((_, group) => records.AddRange(RecordsOf(group)));
        return records;
    }

    public void ReplaceAll(IReadOnlyList<byte[]> records)
    {
        RecordFile replacement = WriteWhole(_disk, _path, _genesisHash, records);
        _file.Dispose();
        _file = replacement;
    }

    public void ReplaceAndDestroy(IReadOnlyList<byte[]> records)
    {
        RecordFile replacement = WriteWhole(_disk, _path, _genesisHash, records);

        // Its name is the new file's already; what we have open is the old one.
        _file.Destroy();
        _file.Dispose();
        _file = replacement;
    }

    public void Dispose() => _file.Dispose();

    private static RecordFile WriteWhole(
        IDisk disk, string path, Hash32 genesisHash, IReadOnlyList<byte[]> records)
    {
        string beside = BesidePath(path);
        using (RecordFile file = RecordFile.Create(disk, beside, new FileHeader(FileKind.Votes, genesisHash, 0)))
        {
            BcsWriter group = new();
            Group([.. records.Select(static record => (ReadOnlyMemory<byte>)record)], group);
            file.Append([group.WrittenMemory]);
            file.Sync();
        }

        disk.Rename(beside, path);
        disk.SyncDirectory(Path.GetDirectoryName(path)!);
        return RecordFile.Open(disk, path, FileKind.Votes, genesisHash)
            ?? throw new IOException($"{path} cannot be read back.");
    }

    // One checksum over a group commit: were its records framed one by one, a power cut that tears out an early sector
    // and leaves a later one would look like damage with sound records behind it.
    private static void Group(IReadOnlyList<ReadOnlyMemory<byte>> records, BcsWriter writer)
    {
        writer.Clear();
        writer.WriteLength(records.Count);
        foreach (ReadOnlyMemory<byte> record in records)
        {
            writer.WriteBytes(record.Span);
        }
    }

    private IEnumerable<byte[]> RecordsOf(byte[] group)
    {
        BcsReader reader = new(group);
        byte[][] records = new byte[reader.ReadLength(group.Length)][];
        for (int i = 0; i < records.Length; i++)
        {
            records[i] = reader.ReadBytes(group.Length);
        }

        return !reader.Failed && reader.Remaining == 0
            ? records
            : throw new StorageException($"{_path} holds a group of records that another version of the node wrote.");
    }

    private static string BesidePath(string path) => path + ".new";
}
