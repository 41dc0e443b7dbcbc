using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.State;

namespace EnergyChain.Node.Storage;

/// <summary>
/// World states on disk, one file each, written beside and renamed, so that a crash leaves the older ones untouched.
/// A record with the head, records of entries, a last record with their number. Writing may run beside the chain, one
/// checkpoint at a time.
/// </summary>
public sealed class Checkpoints(IDisk disk, string directory, Hash32 genesisHash, ILogger logger)
{
    /// <summary>Checkpoints that stay: the newest, and one to fall back to.</summary>
    public const int Kept = 2;

    private const string Extension = ".checkpoint";
    private const int RecordBytes = 1 << 20;

    /// <summary>Makes the folder and removes what a crash left half written.</summary>
    public void Prepare()
    {
        disk.CreateDirectory(directory);
        foreach (string name in disk.Files(directory).Where(static name => !IsCheckpoint(name)))
        {
            disk.Delete(Path.Combine(directory, name));
        }
    }

    /// <summary>Heights of the checkpoints, newest first; nothing is said of their soundness.</summary>
    public IReadOnlyList<Height> Heights() =>
    [
        .. disk.Files(directory)
            .Where(IsCheckpoint)
            .Select(static name => Path.GetFileNameWithoutExtension(name))
            .Where(static name => ulong.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(static name => new Height(ulong.Parse(name, CultureInfo.InvariantCulture)))
            .OrderDescending(),
    ];

    /// <summary>
    /// Writes a checkpoint durably and removes all but the newest. <see cref="IOException"/> where the disk fails.
    /// </summary>
    public void Write(CheckpointHead head, StateCopy state)
    {
        string path = PathOf(head.Height);
        string beside = path + ".new";
        long bytes = disk.OrNone(beside, () => WriteBeside(beside, head, state));
        disk.Rename(beside, path);
        foreach (Height old in Heights().Skip(Kept))
        {
            disk.Delete(PathOf(old));
        }

        disk.SyncDirectory(directory);
        StorageLog.CheckpointWritten(logger, path, head.Height.Value, bytes);
    }

    /// <summary>
    /// Loads a checkpoint; every checksum, the canonical order and the state root are checked. False, with a log line,
    /// where anything is wrong.
    /// </summary>
    public bool TryLoad(
        Height height,
        ulong hashSeed,
        [NotNullWhen(true)] out CheckpointHead? head,
        [NotNullWhen(true)] out WorldState? state)
    {
        string path = PathOf(height);
        using RecordFile? file = RecordFile.Open(disk, path, FileKind.Checkpoint, genesisHash);
        head = null;
        state = file is null ? null : TryLoad(file, hashSeed, out head);
        if (state is null || head!.Height != height)
        {
            PassOver(height, "it is damaged");
            state = null;
        }

        return state is not null;
    }

    /// <summary>What a checkpoint says of its block, without its state; null where that cannot be read.</summary>
    public CheckpointHead? HeadOf(Height height)
    {
        using RecordFile? file = RecordFile.Open(disk, PathOf(height), FileKind.Checkpoint, genesisHash);
        return file is not null
            && file.TryRead(FileHeader.Size, out byte[]? record)
            && Bcs.TryDecode(record, out CheckpointHead? head, out _)
            && head.Height == height
                ? head
                : null;
    }

    /// <summary>Logs why a checkpoint is not used.</summary>
    public void PassOver(Height height, string reason) =>
        StorageLog.CheckpointPassedOver(logger, PathOf(height), reason);

    private static bool IsCheckpoint(string name) => name.EndsWith(Extension, StringComparison.Ordinal);

    private static WorldState? TryLoad(RecordFile file, ulong hashSeed, out CheckpointHead? head)
    {
        head = null;
        CheckpointHead? first = null;
        StateLoader loader = new();
        bool sound = true;
        ulong entries = 0;
        ulong? announced = null;
        long end = file.Scan((offset, record) =>
        {
            if (offset == FileHeader.Size)
            {
                sound = Bcs.TryDecode(record, out first, out _);
            }
            else if (record.Length == sizeof(ulong))
            {
                announced = BitConverter.ToUInt64(record);
            }
            else
            {
                sound = sound && announced is null && TryAddEntries(record, loader, ref entries);
            }
        });
        head = first;
        bool whole = sound && first is not null && end == file.End && announced == entries;
        return whole ? loader.Build(first!.StateRoot, hashSeed) : null;
    }

    private static bool TryAddEntries(byte[] record, StateLoader loader, ref ulong count)
    {
        BcsReader reader = new(record);
        while (reader.Remaining > 0)
        {
            StateEntry entry = StateEntry.Decode(ref reader);
            if (reader.Failed || !loader.TryAdd(entry))
            {
                return false;
            }

            count++;
        }

        return !reader.Failed;
    }

    private long WriteBeside(string path, CheckpointHead head, StateCopy state)
    {
        FileHeader header = new(FileKind.Checkpoint, genesisHash, head.Height.Value);
        using RecordFile file = RecordFile.Create(disk, path, header);
        file.Append([Bcs.Encode(head)]);
        WriteEntries(file, state);
        file.Sync();
        return file.End;
    }

    private static void WriteEntries(RecordFile file, StateCopy state)
    {
        BcsWriter writer = new(RecordBytes + (1 << 16));
        ulong count = 0;
        foreach (StateEntry entry in state.Entries())
        {
            entry.Encode(writer);
            count++;
            if (writer.Length >= RecordBytes)
            {
                file.Append([writer.WrittenSpan.ToArray()]);
                writer.Clear();
            }
        }

        if (writer.Length > 0)
        {
            file.Append([writer.WrittenSpan.ToArray()]);
        }

        file.Append([BitConverter.GetBytes(count)]);
    }

    private string PathOf(Height height) =>
        Path.Combine(directory, height.Value.ToString("D20", CultureInfo.InvariantCulture) + Extension);
}
