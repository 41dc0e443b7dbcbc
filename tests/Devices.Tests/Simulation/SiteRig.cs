using EnergyChain.Devices.Meters;
using EnergyChain.Devices.Modbus;
using EnergyChain.Devices.Simulation;
using Microsoft.Extensions.Time.Testing;

namespace EnergyChain.Devices.Tests.Simulation;

/// <summary>
/// A simulated site and a reader of it over loopback. Slots follow a clock that the test turns; the Modbus clients use
/// real time, so that turning the clock cannot time out a request that is on the wire.
/// </summary>
internal sealed class SiteRig : IAsyncDisposable
{
    public const long FirstSlot = 1_000_000;
    public const long SlotSeconds = 2;

    private SiteRig(SimulatedSite site, FakeTimeProvider time)
    {
        Site = site;
        Time = time;
        Reader = CreateReader(null);
    }

    public SimulatedSite Site { get; }

    public FakeTimeProvider Time { get; }

    public SiteReader Reader { get; }

    public static async Task<SiteRig> StartAsync(
        ISiteProfile profile, bool offersLatch = true, int charge = 500, long firstRow = 0)
    {
        FakeTimeProvider time = new(DateTimeOffset.FromUnixTimeSeconds((FirstSlot - 2) * SlotSeconds));
        SimulatedSiteOptions options = new()
        {
            SlotSeconds = SlotSeconds,
            FirstSlot = FirstSlot,
            FirstRow = firstRow,
            OffersLatch = offersLatch,
            InitialStateOfChargePermille = charge,
            IdleTimeout = Timeout.InfiniteTimeSpan,
        };
        return new SiteRig(await SimulatedSite.StartAsync(options, profile, time), time);
    }

    public SiteReader CreateReader(IReadOnlyList<DeviceState>? states)
    {
        SunSpecSiteOptions found = Site.ReaderOptions;
        SiteDevice[] devices =
        [
            Device("pv", found.PhotovoltaicUnit!.Value, DeviceRole.Photovoltaic, found.PhotovoltaicRatedW),
            Device("grid", found.GridMeterUnit!.Value, DeviceRole.GridMeter, found.GridRatedW),
            Device("battery", found.StorageUnit!.Value, DeviceRole.Storage, found.StorageRatedW),
        ];
        SiteReaderOptions options = new()
        {
            SlotSeconds = SlotSeconds,
            EnergySecondsPerSlot = 3600,
            ConfirmationDelay = TimeSpan.Zero,
            LatchRetryDelay = TimeSpan.Zero,
            BracketLead = TimeSpan.FromMilliseconds(100),
            StaleAfter = TimeSpan.FromSeconds(1),
        };
        return new SiteReader(options, devices, Time, states);
    }

    /// <summary>Turns the clock to a moment after the start of a slot.</summary>
    public void TurnTo(long slot, int milliseconds = 0) =>
        Time.SetUtcNow(DateTimeOffset.FromUnixTimeMilliseconds((slot * SlotSeconds * 1000) + milliseconds));

    /// <summary>Reads a slot shortly after its end.</summary>
    public async Task<IntervalReading> ReadAfterEndAsync(long slot, CancellationToken cancellationToken)
    {
        TurnTo(slot + 1, 50);
        return await Reader.ReadSlotAsync(slot, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Reader.DisposeAsync();
        await Site.DisposeAsync();
    }

    private SiteDevice Device(string name, byte unit, DeviceRole role, long ratedW)
    {
        ModbusTcpClientOptions options = new()
        {
            Host = "127.0.0.1",
            Port = Site.EndPoint.Port,
            RequestTimeout = TimeSpan.FromSeconds(1),
            Retries = 0,
            BackOffInitial = TimeSpan.Zero,
            BackOffMaximum = TimeSpan.Zero,
            MinimumGap = TimeSpan.Zero,
        };
        ModbusTcpClient client = new(options, TimeProvider.System);
        return new SiteDevice(name, new SunSpecMeter(client, unit, role, Time), client, ratedW);
    }
}
