namespace EnergyChain.Node.Api;

internal static partial class ApiLog
{
    [LoggerMessage(EventId = 6001, Level = LogLevel.Error, Message = "API call {Method} failed")]
    public static partial void CallFailed(ILogger logger, string method, Exception exception);
}
