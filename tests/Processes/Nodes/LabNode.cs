using System.Diagnostics;
using EnergyChain.Client;
using EnergyChain.Core.Crypto;
using EnergyChain.Node.Devnet;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Setup;
using EnergyChain.Processes.Links;
using EnergyChain.Processes.Manifests;

namespace EnergyChain.Processes.Nodes;

/// <summary>One node of a network: its process, as it comes and goes, and what it says over its API.</summary>
public sealed class LabNode : IAsyncDisposable
{
    private static readonly TimeSpan ExitPatience = TimeSpan.FromSeconds(60);
    private static readonly string[] Alarms = [" crit ", "Unhandled exception", "Process terminated"];

    private readonly IFabric _fabric;
    private readonly string _folder;
    private readonly ProcessLogFile _log;
    private readonly TimeProvider _time;
    private NodeChild? _child;
    private volatile bool _isPaused;

    public LabNode(
        NodePlan plan, PublicKey key, string folder, IFabric fabric, Action<SeenBlock> onBlock, TimeProvider time)
    {
        Plan = plan;
        Key = key;
        _folder = folder;
        _fabric = fabric;
        _time = time;
        _log = new ProcessLogFile(LogPath);
        Client = new NodeClient(new NodeClientOptions
        {
            Node = fabric.PlaceOf(plan.Name).Api,
            CallTimeout = TimeSpan.FromSeconds(3),
            MaxAttempts = 1,
        });
        Watch = new BlockWatch(Client, onBlock, time);
    }

    public NodePlan Plan { get; }

    public string Name => Plan.Name;

    public PublicKey Key { get; }

    /// <summary>Its data directory; not to be touched while it runs.</summary>
    public string DataFolder => Path.Combine(_folder, new NodeOptions().DataDirectory);

    public NodeClient Client { get; }

    public BlockWatch Watch { get; }

    /// <summary>Whether its process was started and neither killed nor stopped since.</summary>
    public bool IsUp => _child is not null;

    /// <summary>Whether it can answer.</summary>
    public bool IsAwake => IsUp && !_isPaused;

    /// <summary>Whether its process ended without being asked.</summary>
    public bool HasFallen => _child is { HasExited: true };

    private string LogPath => Path.Combine(_folder, "log.txt");

    public void Start()
    {
        ProcessStartInfo start = NodeExecutable.StartInfo(
            "run", "--config", Path.Combine(_folder, NodeFolder.ConfigName), "--stop-with-input");
        _child = NodeChild.Start(_fabric.Wrap(Name, start), _log, _time);
    }

    /// <summary>kill -9, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        NodeChild child = TakeChild();
        await child.KillAsync();
        child.Dispose();
    }

    /// <summary>SIGTERM, and waits until it is gone; gives the exit code, null where it had to be killed.</summary>
    public async Task<int?> TerminateAsync()
    {
        NodeChild child = TakeChild();
        using CancellationTokenSource patience = new(ExitPatience);
        try
        {
            if (!child.HasExited)
            {
                ProcessSignal.Term(child.ProcessId);
            }

            return await child.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            await child.KillAsync();
            return null;
        }
        finally
        {
            child.Dispose();
        }
    }

    public void Pause()
    {
        _isPaused = true;
        ProcessSignal.Stop(Running.ProcessId);
    }

    public void Resume()
    {
        ProcessSignal.Continue(Running.ProcessId);
        _isPaused = false;
    }

    /// <summary>Lines of its log that no node may write in a run without a broken node.</summary>
    public IEnumerable<string> AlarmLines() =>
        LogLines().Where(line => Alarms.Any(alarm => line.Contains(alarm, StringComparison.Ordinal)));

    /// <summary>Whether it took the state of a snapshot in place of executing every block.</summary>
    public bool JoinedBySnapshot =>
        LogLines().Any(line => line.Contains("Joined by the snapshot of height", StringComparison.Ordinal));

    /// <summary>The last lines of its log.</summary>
    public IEnumerable<string> LastLines(int count) => LogLines().TakeLast(count);

    public async ValueTask DisposeAsync()
    {
        await Watch.DisposeAsync();
        Client.Dispose();
        if (_child is not null)
        {
            await KillAsync();
        }

        _log.Dispose();
    }

    private NodeChild Running =>
        _child ?? throw new InvalidOperationException($"{Name} is not running.");

    private NodeChild TakeChild()
    {
        NodeChild child = Running;
        _child = null;
        return child;
    }

    private IEnumerable<string> LogLines() => File.Exists(LogPath) ? File.ReadLines(LogPath) : [];
}
