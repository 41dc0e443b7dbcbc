using EnergyChain.Consensus.Safety;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Erasure;

namespace EnergyChain.Node.Consensus;

/// <summary>
/// Journal records to and from their durable form. Records wait here until <see cref="Flush"/>, so that those that
/// belong together share one group commit; nothing is sent in between. Not thread-safe.
/// </summary>
internal sealed class JournalWriter(
    IVoteJournal journal, ErasureBook erasures, long compactAfterBytes = JournalWriter.CompactAfterBytes)
{
    // Old heights are dropped when this much has been written since the last time: rarely, and never much to read.
    public const long CompactAfterBytes = 8 * 1024 * 1024;

    private readonly BcsWriter _writer = new();
    private readonly List<Range> _waiting = [];
    private readonly HashSet<Hash32> _bodiesWritten = [];
    private long _written;
    private int _erasuresSeen;

    /// <summary>
    /// Everything the journal holds. Throws <see cref="InvalidDataException"/> where a record is not ours: the file
    /// was sound by its checksums, so another version wrote it, and to go on without it could sign twice.
    /// </summary>
    public IReadOnlyList<JournalRecord> ReadAll()
    {
        IReadOnlyList<byte[]> records = journal.ReadAll();

        // Counted as written, so that a node that is restarted often drops old heights too.
        _written = records.Sum(static record => (long)record.Length);
        return [.. records.Select(Decode)];
    }

    public void Add(JournalRecord record)
    {
        int start = _writer.Length;
        record.Encode(_writer);
        _written += _writer.Length - start;
        _waiting.Add(start.._writer.Length);
    }

    /// <summary>The bodies of a block with a polka, once for each block.</summary>
    public void AddBodies(Height height, Hash32 block, IReadOnlyList<Transaction> transactions)
    {
        if (transactions.Count > 0 && _bodiesWritten.Add(block))
        {
            Add(new JournalRecord.Bodies(height, block, transactions));
        }
    }

    public void Flush()
    {
        if (_waiting.Count > 0)
        {
            journal.Append([.. _waiting.Select(range => _writer.WrittenMemory[range])]);
            _waiting.Clear();
            _writer.Clear();
        }
    }

    /// <summary>
    /// Called between heights and at start: forgets what is final from time to time, and the memos of erased records
    /// at once.
    /// </summary>
    public void StartHeight(Height height)
    {
        _bodiesWritten.Clear();
        int decided = erasures.Count;
        if (decided > _erasuresSeen && ReadAll().Any(HoldsErasedMemo))
        {
            journal.ReplaceAndDestroy(Kept(height));
            _written = 0;
        }
        else if (_written >= compactAfterBytes)
        {
            journal.ReplaceAll(Kept(height));
            _written = 0;
        }

        _erasuresSeen = decided;
    }

    // The bodies of past heights are nearly all that there is: they go without being decoded.
    private byte[][] Kept(Height height)
    {
        JournalRecord[] records =
            [.. journal.ReadAll().Where(record => !JournalRecord.Bodies.AreBelow(height, record)).Select(Decode)];
        return [.. JournalCompaction.Keep(records, height).Select(Clean).Select(Bcs.Encode)];
    }

    private bool HoldsErasedMemo(JournalRecord record) => !ReferenceEquals(Clean(record), record);

    private JournalRecord Clean(JournalRecord record) =>
        record is JournalRecord.Bodies bodies
            && bodies.Transactions.Any(each => !ReferenceEquals(erasures.Clean(each), each))
            ? bodies with { Transactions = [.. bodies.Transactions.Select(erasures.Clean)] }
            : record;

    private static JournalRecord Decode(byte[] bytes) =>
        Bcs.TryDecode(bytes, out JournalRecord? record, out DecodeError error)
            ? record
            : throw new InvalidDataException($"The vote journal holds a record that is not readable ({error}).");
}
