using EnergyChain.Devices.Modbus;

namespace EnergyChain.Devices.Meters;

/// <summary>
/// Where the SunSpec devices of a site are behind one address. A unit of null means that the site has none.
/// </summary>
public sealed class SunSpecSiteOptions
{
    /// <summary>Address, time-outs and back-off, used for a connection per unit.</summary>
    public required ModbusTcpClientOptions Connection { get; init; }

    public byte? PhotovoltaicUnit { get; init; } = 1;

    public byte? GridMeterUnit { get; init; } = 2;

    public byte? StorageUnit { get; init; } = 3;

    public long PhotovoltaicRatedW { get; init; } = 10_000;

    /// <summary>Main fuse x voltage: 3 x 25 A x 230 V by default.</summary>
    public long GridRatedW { get; init; } = 17_250;

    public long StorageRatedW { get; init; } = 10_000;

    /// <summary>
    /// True for a gateway that needs its minimum gap over all units; false where each connection paces itself.
    /// </summary>
    public bool IsGateway { get; init; }

    /// <summary>Makes the devices; nothing is sent.</summary>
    public IReadOnlyList<SiteDevice> CreateDevices(TimeProvider timeProvider)
    {
        MessagePacer? shared = IsGateway ? new MessagePacer(Connection.MinimumGap, timeProvider) : null;
        List<SiteDevice> devices = [];
        Add("pv", PhotovoltaicUnit, DeviceRole.Photovoltaic, PhotovoltaicRatedW);
        Add("grid", GridMeterUnit, DeviceRole.GridMeter, GridRatedW);
        Add("battery", StorageUnit, DeviceRole.Storage, StorageRatedW);
        return devices;

        void Add(string name, byte? unit, DeviceRole role, long ratedW)
        {
            if (unit is byte number)
            {
                ModbusTcpClient client = new(Connection, timeProvider, shared);
                devices.Add(new SiteDevice(name, new SunSpecMeter(client, number, role, timeProvider), client, ratedW));
            }
        }
    }

    /// <summary>Makes a reader of the devices.</summary>
    public SiteReader CreateReader(
        SiteReaderOptions options, TimeProvider timeProvider, IReadOnlyList<DeviceState>? states = null) =>
        new(options, CreateDevices(timeProvider), timeProvider, states);
}
