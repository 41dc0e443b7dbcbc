using EnergyChain.Core.Primitives;
using EnergyChain.Node.Consensus;

namespace EnergyChain.Node.Storage;

/// <summary>The vote journal as a record file. For one thread at a time.</summary>
public sealed class VoteJournal : IVoteJournal, IDisposable
{
    private readonly IDisk _disk;
    private readonly string _path;
    private readonly Hash32 _genesisHash;
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

        long end = file.Scan(static (_, _) => { });
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
            file.Sync();
        }

        return new VoteJournal(disk, path, genesisHash, file);
    }

    public void Append(IReadOnlyList<ReadOnlyMemory<byte>> records)
    {
        if (records.Count == 0)
        {
            return;
        }

        _file.Append(records);
        _file.Sync();
    }

    public IReadOnlyList<byte[]> ReadAll()
    {
        List<byte[]> records = [];
        _file.Scan((_, record) => records.Add(record));
        return records;
    }

    public void ReplaceAll(IReadOnlyList<byte[]> records)
    {
        RecordFile replacement = WriteWhole(_disk, _path, _genesisHash, records);
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
            file.Append([.. records.Select(static record => (ReadOnlyMemory<byte>)record)]);
            file.Sync();
        }

        disk.Rename(beside, path);
        disk.SyncDirectory(Path.GetDirectoryName(path)!);
        return RecordFile.Open(disk, path, FileKind.Votes, genesisHash)
            ?? throw new IOException($"{path} cannot be read back.");
    }

    private static string BesidePath(string path) => path + ".new";
}
