using System.Diagnostics;
using EnergyChain.Client;
using EnergyChain.Node.Devnet;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Setup;
using Grpc.Core;
using Grpc.Net.Client;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Benchmarks.Load;

/// <summary>One node of the network: its process, and its public API.</summary>
internal sealed class LoadNode : IAsyncDisposable
{
    private const string CpuVariable = "ENERGYCHAIN_CPU_FILE";
    private const int MaxAnswerBytes = 64 * 1024 * 1024;

    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly ProcessLogFile _log;
    private readonly GrpcChannel _channel;
    private readonly GrpcChannel _offers;
    private readonly Proto.NodeService.NodeServiceClient _status;
    private NodeChild? _child;
    private BlockTrail? _trail;

    public LoadNode(string name, NodeRole role, string folder, Uri api, TimeProvider time)
    {
        Name = name;
        Role = role;
        _folder = folder;
        _time = time;
        _log = new ProcessLogFile(Path.Combine(folder, "log.txt"));
        _channel = ChannelTo(api);
        _offers = ChannelTo(api);
        Chain = new Proto.ChainService.ChainServiceClient(_channel);
        _status = new Proto.NodeService.NodeServiceClient(_channel);
        Offers = new OfferCall(_offers.CreateCallInvoker());
    }

    public string Name { get; }

    public NodeRole Role { get; }

    public Proto.ChainService.ChainServiceClient Chain { get; }

    public OfferCall Offers { get; }

    /// <summary>Its final blocks since <see cref="Follow"/>.</summary>
    public BlockTrail Trail => _trail ?? throw new InvalidOperationException($"{Name} is not followed.");

    public bool HasFallen => _child is { HasExited: true };

    /// <summary>What its process used so far; as of its last moment where it has ended.</summary>
    public ProcessUsage Usage =>
        _child is { HasExited: false } child ? LastUsage = ProcessUsage.Of(child.ProcessId) : LastUsage;

    /// <summary>Its processor time by stage; null where it does not tell.</summary>
    public StageTimes? Stages => StageTimes.Read(CpuPath);

    private ProcessUsage LastUsage { get; set; }

    private string CpuPath => Path.Combine(_folder, "cpu.json");

    public void Start()
    {
        ProcessStartInfo start = NodeExecutable.StartInfo(
            "run", "--config", Path.Combine(_folder, NodeFolder.ConfigName), "--stop-with-input");
        start.Environment[CpuVariable] = CpuPath;
        _child = NodeChild.Start(start, _log, _time);
    }

    public void Follow() => _trail = new BlockTrail(Chain);

    /// <summary>A read of its API, as <see cref="PatientRead.RunAsync"/>.</summary>
    public Task<T> ReadAsync<T>(Func<CallOptions, AsyncUnaryCall<T>> read, CancellationToken cancellationToken) =>
        PatientRead.RunAsync(Name, read, _time, cancellationToken);

    /// <summary>What it says of itself.</summary>
    public Task<Proto.NodeStatus> GetStatusAsync(CancellationToken cancellationToken) =>
        ReadAsync(call => _status.GetStatusAsync(new(), call), cancellationToken);

    /// <summary>The last lines of its log.</summary>
    public string LastLines(int count)
    {
        string path = Path.Combine(_folder, "log.txt");
        return File.Exists(path) ? string.Join(Environment.NewLine, File.ReadLines(path).TakeLast(count)) : "";
    }

    /// <summary>Asks it to end; gives the exit code.</summary>
    public async Task<int> StopAsync()
    {
        if (_trail is not null)
        {
            await _trail.DisposeAsync();
        }

        if (_child is not { } child)
        {
            return 0;
        }

        _child = null;
        int code = await child.StopAsync();
        child.Dispose();
        return code;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _channel.Dispose();
        _offers.Dispose();
        _log.Dispose();
    }

    // Where a connection floods, the node resets streams of it: what observes goes by one of its own.
    private static GrpcChannel ChannelTo(Uri api) => GrpcChannel.ForAddress(api, new GrpcChannelOptions
    {
        HttpHandler = new SocketsHttpHandler
        {
            EnableMultipleHttp2Connections = true,
            InitialHttp2StreamWindowSize = NodeClientOptions.StreamWindowBytes,
        },
        DisposeHttpClient = true,
        MaxReceiveMessageSize = MaxAnswerBytes,
    });
}
