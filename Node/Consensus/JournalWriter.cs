using EnergyChain.Consensus.Safety;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Consensus;

/// <summary>
/// Journal records to and from their durable form. Records wait here until <see cref="Flush"/>, so that those that
/// belong together share one group commit; nothing is sent in between. Not thread-safe.
/// </summary>
internal sealed class JournalWriter(
    IVoteJournal journal, long compactAfterBytes = JournalWriter.CompactAfterBytes)
{
    // Old heights are dropped when this much has been written since the last time: rarely, and never much to read.
    public const long CompactAfterBytes = 8 * 1024 * 1024;

    private readonly List<ReadOnlyMemory<byte>> _waiting = [];
    private readonly HashSet<Hash32> _bodiesWritten = [];
    private long _written;

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
        byte[] bytes = Bcs.Encode(record);
        _written += bytes.Length;
        _waiting.Add(bytes);
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
            journal.Append(_waiting);
            _waiting.Clear();
        }
    }

    /// <summary>Called between heights: forgets what is final.</summary>
    public void StartHeight(Height height)
    {
        _bodiesWritten.Clear();
        if (_written < compactAfterBytes)
        {
            return;
        }

        journal.ReplaceAll([.. JournalCompaction.Keep(ReadAll(), height).Select(Bcs.Encode)]);
        _written = 0;
    }

    private static JournalRecord Decode(byte[] bytes) =>
        Bcs.TryDecode(bytes, out JournalRecord? record, out DecodeError error)
            ? record
            : throw new InvalidDataException($"The vote journal holds a record that is not readable ({error}).");
}
