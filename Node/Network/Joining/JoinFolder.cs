using System.Buffers.Binary;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.State;
using EnergyChain.Ledger.Tree;
using EnergyChain.Node.Storage;
using EnergyChain.Vm.State;

namespace EnergyChain.Node.Network.Joining;

/// <summary>
/// What a joining node has fetched, on disk, so that a crash costs only what was not synced: blocks in a log of their
/// own, and chunks and code in a file of records. Everything read back is verified again. Thread-safe.
/// </summary>
internal sealed class JoinFolder : IDisposable
{
    private const uint CodeRecord = uint.MaxValue;
    private const int SyncEvery = 64;

    private readonly Lock _lock = new();
    private readonly RecordFile _file;
    private readonly HashSet<int> _chunks = [];
    private readonly SortedSet<Hash32> _codes = [];
    private readonly SortedSet<Hash32> _needed = [];
    private int _unsynced;

    private JoinFolder(RecordFile file) => _file = file;

    /// <summary>Chunks that are there.</summary>
    public int ChunkCount
    {
        get
        {
            lock (_lock)
            {
                return _chunks.Count;
            }
        }
    }

    /// <summary>Code that an account carries and that is not there yet.</summary>
    public IReadOnlyList<Hash32> MissingCodes
    {
        get
        {
            lock (_lock)
            {
                return [.. _needed.Except(_codes)];
            }
        }
    }

    private static string FileName => "chunks";

    /// <summary>The height of the snapshot that an earlier run has begun to fetch; null for none.</summary>
    public static Height? HeightOf(IDisk disk, string directory, Hash32 genesisHash)
    {
        string path = Path.Combine(directory, FileName);
        using RecordFile? file = disk.Exists(path) ? RecordFile.Open(disk, path, FileKind.Join, genesisHash) : null;
        return file is null ? null : new Height(file.Header.Number);
    }

    /// <summary>Opens what an earlier run fetched of this very snapshot, or begins anew.</summary>
    public static JoinFolder Open(IDisk disk, string directory, Hash32 genesisHash, JoinTarget target)
    {
        disk.CreateDirectory(directory);
        string path = Path.Combine(directory, FileName);
        RecordFile? file = disk.Exists(path) ? RecordFile.Open(disk, path, FileKind.Join, genesisHash) : null;
        if (file is not null && file.Header.Number != target.Height.Value)
        {
            file.Dispose();
            file = null;
        }

        file ??= RecordFile.Create(disk, path, new FileHeader(FileKind.Join, genesisHash, target.Height.Value));
        disk.SyncDirectory(directory);
        JoinFolder folder = new(file);
        folder.Recover(target.Frontier);
        return folder;
    }

    public bool Has(int chunk)
    {
        lock (_lock)
        {
            return _chunks.Contains(chunk);
        }
    }

    /// <summary>Keeps a chunk that was verified.</summary>
    public void Add(int number, StateChunk chunk, ReadOnlySpan<byte> encoded)
    {
        lock (_lock)
        {
            if (_chunks.Add(number))
            {
                Learn(chunk);
                Append((uint)number, encoded);
            }
        }
    }

    /// <summary>Keeps code that was verified.</summary>
    public void AddCode(Hash32 hash, ReadOnlySpan<byte> code)
    {
        lock (_lock)
        {
            if (_codes.Add(hash))
            {
                Append(CodeRecord, code);
            }
        }
    }

    /// <summary>The state of all chunks; null where its root is not the expected one, which cannot be.</summary>
    public WorldState? Build(Hash32 root, ulong hashSeed)
    {
        List<AccountChange> accounts = [];
        List<StorageChange> storage = [];
        List<CodeChange> codes = [];
        _file.Scan((_, record) =>
        {
            if (!TryChunk(record, out int _, out StateChunk? chunk))
            {
                byte[] code = record[sizeof(uint)..];
                codes.Add(new CodeChange(Keccak256.Hash(code), code));
                return;
            }

            foreach (StateEntry entry in chunk.Entries)
            {
                switch (entry)
                {
                    case StateEntry.Account account:
                        accounts.Add(new AccountChange(account.Address, account.State, WipesStorage: false));
                        break;
                    case StateEntry.Slot slot:
                        storage.Add(new StorageChange(slot.Address, slot.Key, slot.Value));
                        break;
                    default:
                        break;
                }
            }
        });
        WorldState state = new(hashSeed);
        state.Apply(new StateChanges(accounts, storage, codes));
        return state.Root == root ? state : null;
    }

    public void Dispose() => _file.Dispose();

    // False for code and for what is no record of ours.
    private static bool TryChunk(
        byte[] record, out int number, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out StateChunk? chunk)
    {
        uint kind = record.Length < sizeof(uint) ? CodeRecord : BinaryPrimitives.ReadUInt32LittleEndian(record);
        (number, chunk) = (0, null);
        return kind < int.MaxValue
            && (number = (int)kind) >= 0
            && Bcs.TryDecode(record.AsSpan(sizeof(uint)), out chunk, out _);
    }

    private void Recover(StateFrontier frontier)
    {
        long sound = FileHeader.Size;
        _file.Scan((offset, record) =>
        {
            if (offset != sound)
            {
                return;
            }

            if (TryChunk(record, out int number, out StateChunk? chunk))
            {
                if (number >= frontier.Nodes.Count || _chunks.Contains(number) || !chunk.Verify(frontier, number))
                {
                    return;
                }

                _chunks.Add(number);
                Learn(chunk);
            }
            else if (record.Length > sizeof(uint) && BinaryPrimitives.ReadUInt32LittleEndian(record) == CodeRecord)
            {
                _codes.Add(Keccak256.Hash(record.AsSpan(sizeof(uint))));
            }
            else
            {
                return;
            }

            sound = offset + RecordFrame.Size + record.Length;
        });
        if (sound < _file.End)
        {
            _file.Truncate(sound);
        }

        _file.Sync();
    }

    private void Learn(StateChunk chunk)
    {
        foreach (StateEntry entry in chunk.Entries)
        {
            if (entry is StateEntry.Account { State.HasCode: true } account)
            {
                _needed.Add(account.State.CodeHash);
            }
        }
    }

    private void Append(uint kind, ReadOnlySpan<byte> bytes)
    {
        byte[] record = new byte[sizeof(uint) + bytes.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(record, kind);
        bytes.CopyTo(record.AsSpan(sizeof(uint)));
        _file.Append([record]);
        if (++_unsynced >= SyncEvery)
        {
            _file.Sync();
            _unsynced = 0;
        }
    }
}
