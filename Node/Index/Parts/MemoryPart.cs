using System.Runtime.InteropServices;
using EnergyChain.Core;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Index.Parts;

/// <summary>
/// The newest blocks of the index, in memory until they are enough for a file. One writer; a block is seen by readers
/// whole or not at all.
/// </summary>
internal sealed class MemoryPart(Height first) : IIndexPart
{
    // A key with its run in the dictionary, about.
    private const int KeyBytes = 112;

    private readonly Lock _lock = new();
    private readonly RowTable _transactions = new();
    private readonly RowTable _events = new();
    private readonly Dictionary<IndexKey, PostingRun> _postings = [];
    private long _postingBytes;

    /// <summary>Empty, with Last below First, before the first block.</summary>
    public PartRange Range { get; private set; } = new(first, new Height(first.Value - 1));

    public Hash32 LastHash { get; private set; }

    public ulong LastTimeMs { get; private set; }

    public bool IsEmpty => Range.Last < Range.First;

    /// <summary>About how much memory it takes.</summary>
    public long Bytes => _transactions.Bytes + _events.Bytes + _postingBytes + ((long)_postings.Count * KeyBytes);

    public long Transactions => _transactions.Rows;

    public long Events => _events.Rows;

    /// <summary>Adds the next block, whose postings it uses up.</summary>
    public void Add(BlockRows block)
    {
        lock (_lock)
        {
            Invariant.Check(block.Height == Range.Last.Next);
            foreach (TransactionRow row in block.Transactions)
            {
                _transactions.Add(row);
            }

            foreach (EventRow row in block.Events)
            {
                _events.Add(row);
            }

            foreach ((IndexKey key, ulong position) in block.Postings.All())
            {
                ref PostingRun run = ref CollectionsMarshal.GetValueRefOrAddDefault(_postings, key, out _);
                int before = run.Bytes;
                run.Add(position);
                _postingBytes += run.Bytes - before;
            }

            block.Postings.Release();
            Range = Range with { Last = block.Height };
            LastHash = block.Hash;
            LastTimeMs = block.TimeMs;
        }
    }

    public IReadOnlyList<ulong> Positions(in IndexKey key, ulong from, ulong to, int limit)
    {
        lock (_lock)
        {
            return _postings.TryGetValue(key, out PostingRun run) ? run.Highest(from, to, limit) : [];
        }
    }

    public bool TryGetChunk(IndexRows table, ulong position, out ChunkPlace place, out byte[] chunk)
    {
        lock (_lock)
        {
            return Table(table).TryFind(position, out place, out chunk);
        }
    }

    public bool TryGetChunkBefore(IndexRows table, ulong timeMs, out ChunkPlace place, out byte[] chunk)
    {
        lock (_lock)
        {
            return Table(table).TryFindTime(timeMs, out place, out chunk);
        }
    }

    /// <summary>Writes everything to a file. The part must not change meanwhile.</summary>
    public void WriteTo(PartWriter writer)
    {
        foreach (IndexRows table in Enum.GetValues<IndexRows>())
        {
            foreach ((ChunkPlace place, byte[] bytes) in Table(table).Chunks())
            {
                writer.AddChunk(table, place, bytes);
            }
        }

        IndexKey[] keys = [.. _postings.Keys];
        Array.Sort(keys);
        foreach (IndexKey key in keys)
        {
            foreach (ulong position in _postings[key])
            {
                writer.Add(key, position);
            }
        }
    }

    private RowTable Table(IndexRows table) => table == IndexRows.Transactions ? _transactions : _events;
}
