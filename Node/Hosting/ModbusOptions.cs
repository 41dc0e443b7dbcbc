namespace EnergyChain.Node.Hosting;

/// <summary>The Modbus TCP endpoint of a site's SunSpec devices. A unit of null means that the site has none.</summary>
public sealed class ModbusOptions
{
    public string Host { get; init; } = "127.0.0.1";

    public int Port { get; init; } = 502;

    public byte? PhotovoltaicUnit { get; init; } = 1;

    public byte? GridMeterUnit { get; init; } = 2;

    public byte? StorageUnit { get; init; } = 3;

    /// <summary>Largest PV power in W, for the plausibility of each reading.</summary>
    public long PhotovoltaicRatedW { get; init; } = 10_000;

    /// <summary>Main fuse x voltage in W.</summary>
    public long GridRatedW { get; init; } = 17_250;

    public long StorageRatedW { get; init; } = 10_000;

    /// <summary>How long the device may take to answer, in ms.</summary>
    public int TimeoutMs { get; init; } = 1_000;

    /// <summary>Least time between two messages, in ms; a serial gateway needs 100.</summary>
    public int MinimumGapMs { get; init; } = 100;

    /// <summary>True for a gateway that needs the gap over all its units.</summary>
    public bool IsGateway { get; init; }
}
