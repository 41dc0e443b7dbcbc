using System.Globalization;

namespace EnergyChain.Node.Hosting;

/// <summary>
/// Writes one line an event: time, level, area, message. An exception follows on its own lines. Thread-safe; a writer
/// that is given stays the caller's.
/// </summary>
public sealed class LineLoggerProvider(TextWriter writer, TimeProvider time) : ILoggerProvider
{
    private readonly Lock _lock = new();

    public ILogger CreateLogger(string categoryName)
    {
        int dot = categoryName.LastIndexOf('.');
        return new LineLogger(this, categoryName[(dot + 1)..]);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            writer.Flush();
        }
    }

    private void Write(LogLevel level, string area, string message, Exception? error)
    {
        string stamp = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        lock (_lock)
        {
            writer.WriteLine($"{stamp} {Short(level)} {area}: {message}");
            if (error is not null)
            {
                writer.WriteLine(error);
            }

            writer.Flush();
        }
    }

    private static string Short(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };

    private sealed class LineLogger(LineLoggerProvider provider, string area) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                provider.Write(logLevel, area, formatter(state, exception), exception);
            }
        }
    }
}
