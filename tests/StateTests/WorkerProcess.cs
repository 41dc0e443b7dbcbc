using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace EnergyChain.StateTests;

/// <summary>This program once more, as a worker. It can be ended at any moment, whatever it is doing.</summary>
internal sealed class WorkerProcess : IDisposable
{
    /// <summary>The first argument of a worker; the fork follows, and the option --trace.</summary>
    public const string Argument = "--worker";

    // Hexadecimal: 2 GiB, of which published tests need a tenth. One that logs for all its gas would take all there is.
    private const string HeapLimit = "80000000";

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);

    private readonly Process _process;

    private WorkerProcess(Process process) => _process = process;

    /// <exception cref="InvalidOperationException">It does not start.</exception>
    public static async Task<WorkerProcess> StartAsync(string fork, bool isTracing)
    {
        string program = Environment.ProcessPath ?? throw new InvalidOperationException("unknown how this was started");
        ProcessStartInfo start = new(program) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
        {
            start.ArgumentList.Add(Assembly.GetExecutingAssembly().Location);
        }

        start.Environment["DOTNET_GCHeapHardLimit"] = HeapLimit;
        start.ArgumentList.Add(Argument);
        start.ArgumentList.Add(fork);
        if (isTracing)
        {
            start.ArgumentList.Add("--trace");
        }

        WorkerProcess worker = new(
            Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start"));
        if (await worker.ReadAsync(StartLimit) is not { Kind: WorkerMessageKind.Ready })
        {
            worker.Dispose();
            throw new InvalidOperationException($"{program} {WorkerProcess.Argument} ended at once");
        }

        return worker;
    }

    /// <summary>Tells the worker to run a file; nothing happens when it has ended.</summary>
    public async Task SendAsync(WorkerMessage message)
    {
        try
        {
            await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(message));
            await _process.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            // The next read finds that it has ended, and says so.
        }
    }

    /// <summary>The next line; null when the worker has ended.</summary>
    /// <exception cref="OperationCanceledException">Nothing came within the limit.</exception>
    public async Task<WorkerMessage?> ReadAsync(TimeSpan limit)
    {
        using CancellationTokenSource deadline = new(limit);
        string? line = await _process.StandardOutput.ReadLineAsync(deadline.Token);
        return line is null ? null : JsonSerializer.Deserialize<WorkerMessage>(line);
    }

    /// <summary>How the worker ended; waits for it.</summary>
    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
