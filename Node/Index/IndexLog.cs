using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Index;

internal static partial class IndexLog
{
    [LoggerMessage(
        EventId = 6101, Level = LogLevel.Information, Message = "History index starts after height {Height}")]
    public static partial void Starts(ILogger logger, Height height);

    [LoggerMessage(
        EventId = 6102,
        Level = LogLevel.Warning,
        Message = "History index holds height {Height} with another hash than the chain and is built anew")]
    public static partial void Disagrees(ILogger logger, Height height);

    [LoggerMessage(EventId = 6103, Level = LogLevel.Error, Message = "History index failed and is built anew")]
    public static partial void Failed(ILogger logger, Exception exception);

    [LoggerMessage(
        EventId = 6104,
        Level = LogLevel.Error,
        Message = "History index failed again at height {Height} and stays off until the node restarts")]
    public static partial void GaveUp(ILogger logger, Height height, Exception exception);
}
