using EnergyChain.Devices.Meters;
using EnergyChain.Devices.Modbus;
using EnergyChain.Node.Hosting;

namespace EnergyChain.Node.Site;

/// <summary>The devices of a site as its options describe them.</summary>
public static class SiteDevices
{
    public static SunSpecSiteOptions Describe(ModbusOptions options) => new()
    {
        Connection = new ModbusTcpClientOptions
        {
            Host = options.Host,
            Port = options.Port,
            RequestTimeout = TimeSpan.FromMilliseconds(options.TimeoutMs),
            BackOffInitial = TimeSpan.FromMilliseconds(Math.Min(options.TimeoutMs, 1_000)),
            BackOffMaximum = TimeSpan.FromMilliseconds(Math.Min(options.TimeoutMs * 8L, 300_000)),
            MinimumGap = TimeSpan.FromMilliseconds(options.MinimumGapMs),
        },
        PhotovoltaicUnit = options.PhotovoltaicUnit,
        GridMeterUnit = options.GridMeterUnit,
        StorageUnit = options.StorageUnit,
        PhotovoltaicRatedW = options.PhotovoltaicRatedW,
        GridRatedW = options.GridRatedW,
        StorageRatedW = options.StorageRatedW,
        IsGateway = options.IsGateway,
    };
}
