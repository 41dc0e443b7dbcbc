using System.Diagnostics;

namespace EnergyChain.Node.Devnet;

/// <summary>
/// A node program that runs as a child of this process. Its standard input is a pipe from here: when this process
/// ends, however it ends, the pipe closes and the child stops, so no orphan is left. What it prints goes to a log.
/// </summary>
public sealed class NodeChild : IDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly TimeProvider _time;

    private NodeChild(Process process, TimeProvider time)
    {
        _process = process;
        _time = time;
        ProcessId = process.Id;
    }

    public int ProcessId { get; }

    public bool HasExited => _process.HasExited;

    /// <summary>Starts a child.</summary>
    /// <param name="start">The program; it must stop when its standard input ends.</param>
    /// <param name="log">Gets its lines.</param>
    /// <param name="time">The clock.</param>
    public static NodeChild Start(ProcessStartInfo start, ProcessLogFile log, TimeProvider time)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.UseShellExecute = false;
        Process process = new() { StartInfo = start };
        process.OutputDataReceived += (_, line) => log.Append(line.Data);
        process.ErrorDataReceived += (_, line) => log.Append(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new NodeChild(process, time);
    }

    /// <summary>The exit code, once it has ended and all its lines are in the log; above 128 a signal.</summary>
    public async Task<int> WaitForExitAsync(CancellationToken cancellation)
    {
        await _process.WaitForExitAsync(cancellation);
        return _process.ExitCode;
    }

    /// <summary>Asks it to stop and ends it where it does not within ten seconds; gives the exit code.</summary>
    public async Task<int> StopAsync()
    {
        _process.StandardInput.Close();
        using CancellationTokenSource patience = new(StopPatience, _time);
        try
        {
            return await WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            return await KillAsync();
        }
    }

    /// <summary>Ends it as a power cut would.</summary>
    public Task<int> KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        return WaitForExitAsync(CancellationToken.None);
    }

    public void Dispose() => _process.Dispose();
}
