using System.Globalization;
using EnergyChain.Node.Verification;
using Spectre.Console;

namespace EnergyChain.Node.Offline;

/// <summary>
/// Shows how far a long command is, with its rate and the time to go, on standard error: one line that changes in a
/// terminal, else a plain line now and then.
/// </summary>
/// <param name="title">What is done.</param>
/// <param name="unit">What is counted, in the plural.</param>
/// <param name="error">Where plain lines go; null for none.</param>
/// <param name="console">The terminal; null where there is none.</param>
/// <param name="time">For rate and pace.</param>
internal sealed class ProgressView(
    string title, string unit, TextWriter? error, IAnsiConsole? console, TimeProvider time)
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan PlainPeriod = TimeSpan.FromSeconds(10);

    /// <summary>For a command's output: none beside JSON but in a terminal.</summary>
    public static ProgressView For(string title, string unit, TextWriter error, bool isJson)
    {
        bool isTerminal = ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected;
        IAnsiConsole? console = isTerminal
            ? AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) })
            : null;
        return new ProgressView(title, unit, isJson ? null : error, console, TimeProvider.System);
    }

    /// <summary>Does the work on a thread of its own and shows it meanwhile. What it throws is thrown.</summary>
    public async Task<T> RunAsync<T>(WorkProgress progress, Func<T> work)
    {
        long began = time.GetTimestamp();
        Task<T> running = Task.Factory.StartNew(
            work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        if (console is not null)
        {
            await console.Live(new Text(Line(progress, began))).AutoClear(true).StartAsync(async context =>
            {
                while (await WaitAsync(running, Refresh))
                {
                    context.UpdateTarget(new Text(Line(progress, began)));
                    context.Refresh();
                }
            });
        }
        else
        {
            while (await WaitAsync(running, PlainPeriod))
            {
                error?.WriteLine(Line(progress, began));
            }
        }

        return await running;
    }

    /// <summary>The line of a moment, some seconds after the beginning.</summary>
    public string Text(WorkProgress progress, double seconds)
    {
        double rate = seconds > 0 ? progress.Done / seconds : 0;
        double transactions = seconds > 0 ? progress.Transactions / seconds : 0;
        TimeSpan toGo = TimeSpan.FromSeconds(rate > 0 ? (progress.Total - progress.Done) / rate : 0);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{title}: {progress.Done:N0} of {progress.Total:N0} {unit}, {rate:N0} /s"
            + $"{(transactions > 0 ? $", {transactions:N0} transactions/s" : string.Empty)}"
            + $"{(rate > 0 ? $", {(long)toGo.TotalHours}:{toGo.Minutes:D2}:{toGo.Seconds:D2} to go" : string.Empty)}");
    }

    private string Line(WorkProgress progress, long began) =>
        Text(progress, time.GetElapsedTime(began).TotalSeconds);

    private async Task<bool> WaitAsync(Task running, TimeSpan period)
    {
        using CancellationTokenSource ended = new();
        await Task.WhenAny(running, Task.Delay(period, time, ended.Token));
        await ended.CancelAsync();
        return !running.IsCompleted;
    }
}
