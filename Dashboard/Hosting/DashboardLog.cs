namespace EnergyChain.Dashboard.Hosting;

/// <summary>What the dashboard writes to its log; event ids 7000 to 7099.</summary>
internal static partial class DashboardLog
{
    [LoggerMessage(7000, LogLevel.Warning, "The node is of another chain: expected {Expected}, found {Found}.")]
    public static partial void WrongChain(this ILogger logger, string expected, string found);

    [LoggerMessage(7001, LogLevel.Warning, "The link to the node is lost: {Reason}")]
    public static partial void LinkLost(this ILogger logger, Exception error, string reason);

    [LoggerMessage(7002, LogLevel.Information, "The link to the node is now {State}.")]
    public static partial void LinkChanged(this ILogger logger, string state);

    [LoggerMessage(7010, LogLevel.Information, "{User} logged in.")]
    public static partial void LoggedIn(this ILogger logger, string user);

    [LoggerMessage(7011, LogLevel.Warning, "A login from {Remote} was refused.")]
    public static partial void LoginRefused(this ILogger logger, string remote);

    [LoggerMessage(7012, LogLevel.Information, "{User} sent transaction {Id}: {Refusal}.")]
    public static partial void Sent(this ILogger logger, string user, string id, string refusal);

    [LoggerMessage(7020, LogLevel.Error, "A shared question failed: {Key}")]
    public static partial void AnswerFailed(this ILogger logger, Exception error, string key);
}
