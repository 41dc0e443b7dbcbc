namespace EnergyChain.Node.Consensus;

/// <summary>
/// What a validator must not forget across a crash: its own signed messages, the values it saw a polka for and their
/// transactions. Records are opaque bytes here. Used by one thread at a time. The file implementation frames each
/// record with its length and CRC32C; a torn tail is cut off when it is opened, damage before the tail is an error
/// that names the file.
/// </summary>
public interface IVoteJournal
{
    /// <summary>
    /// Appends records in order as one group commit: all of them are durable (fsync) when this returns. After a crash
    /// inside the call all of them or none is there. Throws <see cref="IOException"/> where the disk fails; the node
    /// then stops and has sent nothing that the records protect. The records are valid during the call only.
    /// </summary>
    void Append(IReadOnlyList<ReadOnlyMemory<byte>> records);

    /// <summary>All records from the oldest to the newest. Read at start-up and when old heights are dropped.</summary>
    IReadOnlyList<byte[]> ReadAll();

    /// <summary>
    /// Replaces everything by these records, durably and atomically: after a crash there is the old content or the
    /// new, never a mix and never nothing (write beside, fsync, rename, fsync the folder).
    /// </summary>
    void ReplaceAll(IReadOnlyList<byte[]> records);

    /// <summary>
    /// As <see cref="ReplaceAll"/>, and overwrites the old content where it lies on a disk. A crash in between leaves
    /// the new content, and the old one without a name.
    /// </summary>
    void ReplaceAndDestroy(IReadOnlyList<byte[]> records) => ReplaceAll(records);
}
