using System.Net;
using System.Net.Sockets;
using EnergyChain.Devices.Simulation;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Site;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EnergyChain.Node.Devnet;

/// <summary>One site of a devnet: its relay node, and from the first slot on its simulated devices.</summary>
public sealed class DevnetSite : IAsyncDisposable
{
    private readonly SitePlanSource _planSource = new() { IsExternal = true };
    private readonly ISiteProfile _profile;
    private SimulatedSite? _devices;
    private StreamWriter? _log;

    private DevnetSite(int index, ISiteProfile profile)
    {
        Index = index;
        _profile = profile;
    }

    /// <summary>From 0.</summary>
    public int Index { get; }

    public uint Id => (uint)(Index + 1);

    public string Home => _profile.Name;

    public NodeHost Host { get; private set; } = null!;

    /// <summary>Starts the relay node; its agent waits for <see cref="BeginAsync"/>.</summary>
    public static async Task<DevnetSite> StartAsync(
        DevnetLayout layout, int index, ISiteProfile profile, CancellationToken cancellation)
    {
        DevnetSite site = new(index, profile);
        NodeOptions options = NodeOptionsFile.Load(Path.Combine(layout.SiteFolder(index), "node.json"));
        site._log = new StreamWriter(Path.Combine(layout.SiteFolder(index), "log.txt"), append: true);
        site.Host = await NodeHost.StartAsync(
            options,
            services =>
            {
                services.Replace(ServiceDescriptor.Singleton(site._planSource));
                services.Replace(ServiceDescriptor.Singleton<ILoggerProvider>(
                    new LineLoggerProvider(site._log, TimeProvider.System)));
            },
            cancellation);
        return site;
    }

    /// <summary>Starts the devices and lets the agent trade.</summary>
    public async Task BeginAsync(
        DevnetOptions options,
        DevnetLayout layout,
        Community community,
        long firstSlot,
        long? endSlot,
        CancellationToken cancellation)
    {
        SimulatedSiteOptions simulated = new()
        {
            SlotSeconds = options.SlotSeconds,
            FirstSlot = firstSlot,
            FirstRow = community.FirstRow,
            Address = IPAddress.Parse(DevnetLayout.Host),
            Port = layout.ModbusPort(Index),
        };
        try
        {
            _devices = await SimulatedSite.StartAsync(simulated, _profile, TimeProvider.System, cancellation);
        }
        catch (SocketException error)
        {
            throw new OperatorException(
                $"--base-port: Modbus port {simulated.Port} of {Home} is in use.", error, ExitCode.InUse);
        }

        foreach (MeterFault fault in options.MeterFaults.Select(MeterFault.Parse).Where(fault => fault.Home == Home))
        {
            _devices.AddFault(fault.At(firstSlot));
        }

        _planSource.Set(new SitePlan(
            community.Calendar(firstSlot), firstSlot, endSlot, community.History(Index, firstSlot), StoredWh: 0));
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        if (_devices is not null)
        {
            await _devices.DisposeAsync();
        }

        if (_log is not null)
        {
            await _log.DisposeAsync();
        }
    }
}
