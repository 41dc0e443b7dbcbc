using Microsoft.Extensions.Logging;

namespace EnergyChain.Simulation.Nodes;

/// <summary>Puts a node's warnings and errors into the trace, and with them into its hash.</summary>
internal sealed class TraceLogger(World world, SimNode node) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            world.Trace.Note(node, $"{logLevel}: {formatter(state, exception)}");
        }
    }
}
