using System.Net;
using EnergyChain.Devices.Meters;
using EnergyChain.Devices.Modbus;

namespace EnergyChain.Devices.Simulation;

/// <summary>
/// A site that exists only as a Modbus TCP server: unit 1 a PV inverter (SunSpec 1, 103), unit 2 the grid meter (1,
/// 203), unit 3 a battery (1, 802, and 203 for its AC energy; 64951 takes a plan); each with the interval latch
/// 64950. Its values move through each slot with the injected clock. Thread-safe.
/// </summary>
public sealed class SimulatedSite : IAsyncDisposable
{
    private readonly SimulatedSiteOptions _options;
    private readonly SimulatedRegisters _registers;
    private readonly FaultPlan _faults;
    private readonly ModbusTcpServer _server;

    private SimulatedSite(
        SimulatedSiteOptions options,
        ISiteProfile profile,
        SimulatedRegisters registers,
        FaultPlan faults,
        ModbusTcpServer server)
    {
        _options = options;
        Profile = profile;
        _registers = registers;
        _faults = faults;
        _server = server;
    }

    public ISiteProfile Profile { get; }

    /// <summary>Where its Modbus server listens.</summary>
    public IPEndPoint EndPoint => _server.EndPoint;

    /// <summary>How a reader reaches its devices; time-outs and back-off for a server on the same machine.</summary>
    public SunSpecSiteOptions ReaderOptions => new()
    {
        Connection = new ModbusTcpClientOptions
        {
            Host = EndPoint.Address.ToString(),
            Port = EndPoint.Port,
            RequestTimeout = TimeSpan.FromMilliseconds(500),
            BackOffInitial = TimeSpan.FromMilliseconds(100),
            BackOffMaximum = TimeSpan.FromSeconds(2),
            MinimumGap = TimeSpan.Zero,
        },
        PhotovoltaicUnit = SimulatedRegisters.PhotovoltaicUnit,
        GridMeterUnit = SimulatedRegisters.GridMeterUnit,
        StorageUnit = Profile.Rating.StorageCapacityWh > 0 ? SimulatedRegisters.StorageUnit : null,
        PhotovoltaicRatedW = Math.Max(1, Profile.Rating.PhotovoltaicW),
        GridRatedW = _options.GridRatedW,
        StorageRatedW = Math.Max(1, Profile.Rating.StoragePowerW),
    };

    /// <summary>Starts a site.</summary>
    /// <param name="options">Settings; checked here.</param>
    /// <param name="profile">What it uses and makes.</param>
    /// <param name="timeProvider">Clock of the slots.</param>
    /// <param name="cancellationToken">Gives up the start; a started site ends when it is disposed of.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">The port is in use or not allowed.</exception>
    public static ValueTask<SimulatedSite> StartAsync(
        SimulatedSiteOptions options,
        ISiteProfile profile,
        TimeProvider timeProvider,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(profile);
        cancellationToken.ThrowIfCancellationRequested();
        options.Validate();
        Battery battery = new(profile.Rating, options.EnergySecondsPerSlot, options.InitialStateOfChargePermille);
        SimulatedHome home = new(profile, options.FirstSlot, options.FirstRow, battery, options.InitialCounterWh);
        FaultPlan faults = new(() => timeProvider.GetUtcNow().ToUnixTimeSeconds() / options.SlotSeconds);
        SimulatedRegisters registers = new(options, home, profile, faults, timeProvider);
        ModbusTcpServerOptions server = new()
        {
            Address = options.Address,
            Port = options.Port,
            IdleTimeout = options.IdleTimeout,
        };
        ModbusTcpServer started = ModbusTcpServer.Start(server, registers, timeProvider, faults);
        return ValueTask.FromResult(new SimulatedSite(options, profile, registers, faults, started));
    }

    /// <summary>
    /// The true energies of a slot, to compare with what was metered. The last 10,000 slots are kept. Asking for a
    /// slot to come fixes its battery plan; ask only for slots that have begun.
    /// </summary>
    public SlotFlows FlowsOf(long slot) => _registers.FlowsOf(slot);

    /// <summary>
    /// Sets what the battery moves on top of self-consumption in a coming slot; false when it has begun.
    /// </summary>
    public bool TrySetTarget(long slot, long extraDischargeWh) => _registers.TrySetTarget(slot, extraDischargeWh);

    /// <summary>Lets a device fail; works from the next request on.</summary>
    public void AddFault(DeviceFault fault) => _faults.Add(fault);

    /// <summary>Ends all faults. Counters that were reset are what they were before.</summary>
    public void ClearFaults() => _faults.Clear();

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
