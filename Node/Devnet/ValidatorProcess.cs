using System.Globalization;
using System.Net;
using EnergyChain.Node.Devnet.Report;
using EnergyChain.Node.Hosting;

namespace EnergyChain.Node.Devnet;

/// <summary>
/// One validator as a process of its own (<see cref="NodeChild"/>). A fallen child is reported and started again after
/// a pause.
/// </summary>
/// <param name="name">For display.</param>
/// <param name="folder">Holds node.json; gets pid and log.txt.</param>
/// <param name="peerEndpoint">Its peer port: where that is taken, somebody has started it by hand.</param>
/// <param name="restartAfter">Pause before it is started again; null never does.</param>
/// <param name="onFault">Told of every fall, on any thread.</param>
/// <param name="time">The clock.</param>
public sealed class ValidatorProcess(
    string name,
    string folder,
    IPEndPoint peerEndpoint,
    TimeSpan? restartAfter,
    Action<FaultRow> onFault,
    TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan ByHandCheck = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly ProcessLogFile _log = new(Path.Combine(folder, "log.txt"));
    private volatile ValidatorStatus _status = new(name, ProcessState.Starting, 0, 0, string.Empty);
    private Task _supervision = Task.CompletedTask;

    public ValidatorStatus Status => _status;

    public string ConfigPath => Path.Combine(folder, "node.json");

    /// <summary>Starts the process and its supervision.</summary>
    public void Start() => _supervision = Task.Run(SuperviseAsync);

    /// <summary>Asks the process to stop, and ends it where it does not within ten seconds.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _supervision;
        _log.Dispose();
        _stop.Dispose();
    }

    private async Task SuperviseAsync()
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                int code = await RunOnceAsync();
                _stop.Token.ThrowIfCancellationRequested();
                Fallen(code);
                await WaitForRestartAsync();
                _status = _status with { Restarts = _status.Restarts + 1 };
            }
        }
        catch (OperationCanceledException)
        {
            // The devnet stops.
        }
        finally
        {
            _status = _status with { State = ProcessState.Stopped, ProcessId = 0 };
        }
    }

    private async Task<int> RunOnceAsync()
    {
        using NodeChild child = NodeChild.Start(
            NodeExecutable.StartInfo("run", "--config", ConfigPath, "--stop-with-input"), _log, time);
        _status = _status with { State = ProcessState.Running, ProcessId = child.ProcessId };
        await File.WriteAllTextAsync(
            Path.Combine(folder, "pid"), child.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n");
        try
        {
            return await child.WaitForExitAsync(_stop.Token);
        }
        catch (OperationCanceledException)
        {
            return await child.StopAsync();
        }
    }

    private void Fallen(int code)
    {
        string reason = code > 128
            ? $"its process was ended by signal {code - 128}"
            : $"its process ended with code {code}: {_log.LastLine()}";
        _status = _status with { State = ProcessState.Down, ProcessId = 0, Reason = reason };
        onFault(new FaultRow((ulong)time.GetUtcNow().ToUnixTimeMilliseconds(), "validator", name, reason));
    }

    private async Task WaitForRestartAsync()
    {
        await Task.Delay(restartAfter ?? Timeout.InfiniteTimeSpan, time, _stop.Token);
        while (!PortCheck.IsFree(peerEndpoint))
        {
            _status = _status with { State = ProcessState.RunningByHand };
            await Task.Delay(ByHandCheck, time, _stop.Token);
        }
    }
}
