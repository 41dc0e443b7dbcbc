namespace EnergyChain.Node.Storage;

/// <summary>Log lines of the storage room; event ids 5100 to 5199.</summary>
internal static partial class StorageLog
{
    [LoggerMessage(
        5100, LogLevel.Warning, "{Path}: cut a torn tail of {Bytes} bytes; the log ends before height {Height} and the "
        + "node fetches the rest from its peers")]
    public static partial void TailCut(ILogger logger, string path, long bytes, ulong height);

    [LoggerMessage(5101, LogLevel.Warning, "{What}; it can be computed again and is")]
    public static partial void RebuildableCut(ILogger logger, string what);

    [LoggerMessage(5102, LogLevel.Warning, "{Path}: removed, it held nothing sound")]
    public static partial void FileDropped(ILogger logger, string path);

    [LoggerMessage(
        5103, LogLevel.Error, "{Path}: damaged at byte {Offset}, height {Height}; absent until it is mended")]
    public static partial void RecordDamaged(ILogger logger, string path, long offset, ulong height);

    [LoggerMessage(5104, LogLevel.Warning, "{Path}: checkpoint passed over, {Reason}")]
    public static partial void CheckpointPassedOver(ILogger logger, string path, string reason);

    [LoggerMessage(5105, LogLevel.Information, "{Path}: checkpoint of height {Height} written, {Bytes} bytes")]
    public static partial void CheckpointWritten(ILogger logger, string path, ulong height, long bytes);

    [LoggerMessage(5106, LogLevel.Error, "The checkpoint of height {Height} could not be written: {Reason}")]
    public static partial void CheckpointFailed(ILogger logger, ulong height, string reason);

    [LoggerMessage(5107, LogLevel.Warning, "{Path}: cut a torn tail of {Bytes} bytes off the vote journal")]
    public static partial void JournalTailCut(ILogger logger, string path, long bytes);

    [LoggerMessage(5108, LogLevel.Warning, "{Path}: lookup file dropped, {Reason}; it is rebuilt from the block log")]
    public static partial void LookupDropped(ILogger logger, string path, string reason);

    [LoggerMessage(5109, LogLevel.Error, "{Directory}: the lookup index could not be written: {Reason}")]
    public static partial void LookupNotWritten(ILogger logger, string directory, string reason);

    [LoggerMessage(5111, LogLevel.Information, "{Directory}: snapshot of height {Height} written, {Chunks} chunks")]
    public static partial void SnapshotWritten(ILogger logger, string directory, ulong height, int chunks);

    [LoggerMessage(5112, LogLevel.Warning, "{Path} is damaged: others can join by this node only where somebody else "
        + "has the term changes before its first block; another node's copy of the file mends it")]
    public static partial void TermLinksDamaged(ILogger logger, string path);

    [LoggerMessage(5113, LogLevel.Warning, "{Path}: its damaged header was written anew, first height {Height}")]
    public static partial void HeaderMended(ILogger logger, string path, ulong height);

    [LoggerMessage(
        5110,
        LogLevel.Error,
        "{Path}: {Pages} pages from page {First} on are damaged; they are written anew from the block log")]
    public static partial void LookupDamaged(ILogger logger, string path, long first, int pages);

    [LoggerMessage(
        5118,
        LogLevel.Warning,
        "{Path}: what the damaged pages held was looked for in the block log; they are sound again: {Mended}")]
    public static partial void LookupMended(ILogger logger, string path, bool mended);
}
