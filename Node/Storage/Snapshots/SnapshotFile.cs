using System.Buffers.Binary;
using System.Globalization;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.State;
using EnergyChain.Ledger.Tree;

namespace EnergyChain.Node.Storage.Snapshots;

/// <summary>
/// A state cut into chunks, in a file of chunk records and one beside it with the frontier and where each chunk lies,
/// whose presence says that both are whole. Immutable; reads from any thread.
/// </summary>
internal sealed class SnapshotFile
{
    public const string DataExtension = ".snapshot";
    public const string IndexExtension = ".frontier";

    private readonly RecordFile _file;
    private readonly long[] _offsets;

    private SnapshotFile(RecordFile file, Height height, byte[] frontier, long[] offsets)
    {
        _file = file;
        Height = height;
        Frontier = frontier;
        FrontierHash = Blake2b.Hash(frontier);
        _offsets = offsets;
    }

    public Height Height { get; }

    /// <summary>The frontier, encoded.</summary>
    public ReadOnlyMemory<byte> Frontier { get; }

    /// <summary>BLAKE2b-256 of the encoded frontier.</summary>
    public Hash32 FrontierHash { get; }

    public int ChunkCount => _offsets.Length;

    public static string DataPath(string directory, Height height) => PathOf(directory, height, DataExtension);

    public static string IndexPath(string directory, Height height) => PathOf(directory, height, IndexExtension);

    /// <summary>Writes both files durably. <see cref="IOException"/> where the disk fails.</summary>
    public static void Write(IDisk disk, string directory, Hash32 genesisHash, Height height, StateCut cut)
    {
        FileHeader header = new(FileKind.Snapshot, genesisHash, height.Value);
        string data = DataPath(directory, height);
        string index = IndexPath(directory, height);
        string beside = index + ".new";
        disk.OrNone(data, () =>
        {
            byte[] offsets = WriteChunks(disk, data, header, cut);
            disk.OrNone(beside, () =>
            {
                using RecordFile file = RecordFile.Create(disk, beside, header);
                file.Append([Bcs.Encode(cut.Frontier), offsets]);
                file.Sync();
            });
        });
        disk.Rename(beside, index);
        disk.SyncDirectory(directory);
    }

    /// <summary>Null where one of the files is absent or damaged.</summary>
    public static SnapshotFile? TryOpen(IDisk disk, string directory, Hash32 genesisHash, Height height)
    {
        if (!disk.Exists(IndexPath(directory, height)) || !disk.Exists(DataPath(directory, height)))
        {
            return null;
        }

        List<byte[]> records = [];
        using (RecordFile? index = RecordFile.Open(
            disk, IndexPath(directory, height), FileKind.Snapshot, genesisHash))
        {
            index?.Scan((_, record) => records.Add(record));
        }

        bool sound = records.Count == 2
            && Bcs.TryDecode(records[0], out StateFrontier? frontier, out _)
            && records[1].Length == frontier.Nodes.Count * sizeof(long);
        RecordFile? data = sound
            ? RecordFile.Open(disk, DataPath(directory, height), FileKind.Snapshot, genesisHash)
            : null;
        if (data is null)
        {
            return null;
        }

        long[] offsets = new long[records[1].Length / sizeof(long)];
        for (int i = 0; i < offsets.Length; i++)
        {
            offsets[i] = BinaryPrimitives.ReadInt64LittleEndian(records[1].AsSpan(i * sizeof(long)));
        }

        return new SnapshotFile(data, height, records[0], offsets);
    }

    /// <summary>A chunk, encoded; false where its record is damaged.</summary>
    public bool TryRead(int chunk, out byte[] bytes)
    {
        bool read = _file.TryRead(_offsets[chunk], out byte[]? record);
        bytes = record ?? [];
        return read;
    }

    public void Close() => _file.Dispose();

    private static byte[] WriteChunks(IDisk disk, string path, FileHeader header, StateCut cut)
    {
        byte[] offsets = new byte[cut.Frontier.Nodes.Count * sizeof(long)];
        using RecordFile file = RecordFile.Create(disk, path, header);
        for (int i = 0; i < cut.Frontier.Nodes.Count; i++)
        {
            long offset = file.Append([Bcs.Encode(cut.ChunkAt(i))]);
            BinaryPrimitives.WriteInt64LittleEndian(offsets.AsSpan(i * sizeof(long)), offset);
        }

        file.Sync();
        return offsets;
    }

    private static string PathOf(string directory, Height height, string extension) =>
        Path.Combine(directory, height.Value.ToString("D20", CultureInfo.InvariantCulture) + extension);
}
