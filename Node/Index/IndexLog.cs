using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Index;

internal static partial class IndexLog
{
    [LoggerMessage(
        EventId = 6101,
        Level = LogLevel.Information,
        Message = "History index holds blocks up to {Height} of {Head} in {Files} files")]
    public static partial void Starts(ILogger logger, Height height, Height head, int files);

    [LoggerMessage(
        EventId = 6102,
        Level = LogLevel.Warning,
        Message = "History index holds height {Height} with another hash than the chain: that part is built anew")]
    public static partial void Disagrees(ILogger logger, Height height);

    [LoggerMessage(
        EventId = 6103, Level = LogLevel.Error, Message = "History index failed and is opened again in 30 s")]
    public static partial void Failed(ILogger logger, Exception exception);

    [LoggerMessage(
        EventId = 6104,
        Level = LogLevel.Warning,
        Message = "History index: part {File} is damaged ({Reason}) and is built anew from the block log")]
    public static partial void Damaged(ILogger logger, string file, string reason);

    [LoggerMessage(
        EventId = 6105,
        Level = LogLevel.Information,
        Message = "History index: blocks {First} to {Last} are read again from the block log")]
    public static partial void Fills(ILogger logger, Height first, Height last);

    [LoggerMessage(
        EventId = 6106, Level = LogLevel.Information, Message = "History index is at block {Height} of {Head}")]
    public static partial void Builds(ILogger logger, Height height, Height head);

    [LoggerMessage(
        EventId = 6107,
        Level = LogLevel.Information,
        Message = "History index: blocks {First} to {Last} are older than indexKeepDays and removed")]
    public static partial void Expired(ILogger logger, Height first, Height last);

    [LoggerMessage(
        EventId = 6108,
        Level = LogLevel.Information,
        Message = "History index: {File} is of an earlier version and removed; the index is built anew")]
    public static partial void RemovesFormer(ILogger logger, string file);

    [LoggerMessage(
        EventId = 6109, Level = LogLevel.Warning, Message = "History index could not merge parts; it will try again")]
    public static partial void NotMerged(ILogger logger, Exception exception);

    [LoggerMessage(
        EventId = 6110,
        Level = LogLevel.Warning,
        Message = "History index could not be closed; its newest blocks are read again at the next start")]
    public static partial void NotSealed(ILogger logger, Exception exception);
}
