using EnergyChain.Devices.Meters;
using EnergyChain.Node.Api;
using DeviceState = EnergyChain.Node.Api.DeviceState;

namespace EnergyChain.Node.Site;

/// <summary>The latest view of the site behind this node, for the API and for the operator. Thread-safe.</summary>
public sealed class SiteDesk(SiteIdentity site, TimeProvider time) : ISiteStatus
{
    private volatile SiteSnapshot? _snapshot;
    private volatile IReadOnlyList<DeviceHealth> _health = [];

    public IReadOnlyList<SiteSnapshot> Sites =>
        _snapshot is { } snapshot ? [snapshot with { Records = Journal.Snapshot }] : [];

    /// <summary>What became of the site's records.</summary>
    public RecordJournal Journal { get; } = new(time);

    /// <summary>How each device is; empty before the first reading.</summary>
    public IReadOnlyList<DeviceHealth> Health => _health;

    /// <summary>Takes what a live reading gave.</summary>
    public void Update(SiteSample sample, IReadOnlyList<DeviceHealth> health)
    {
        _health = health;
        ulong now = (ulong)sample.Timestamp.ToUnixTimeMilliseconds();
        _snapshot = new SiteSnapshot
        {
            Site = site.Id,
            Name = site.Options.Name,
            Account = site.Account.Address,
            ReadMs = now,
            ProductionW = sample.ProductionW,
            ConsumptionW = sample.LoadW,
            GridW = sample.GridW,
            BatteryW = -sample.StorageW,
            SocWh = sample.StoredWh is { } stored ? (ulong)Math.Max(0, stored) : null,
            BatteryCapacityWh =
                site.Options.BatteryCapacityWh > 0 ? (ulong)site.Options.BatteryCapacityWh : null,
            Devices = [.. health.Select((device, index) =>
                Snapshot(device, sample.Devices.ElementAtOrDefault(index), now))],
        };
    }

    private DeviceSnapshot Snapshot(DeviceHealth device, MeterSample? sample, ulong now) => new()
    {
        Name = device.Name,
        Kind = KindOf(device.Role),
        Endpoint = $"{site.Options.Modbus.Host}:{site.Options.Modbus.Port} unit {UnitOf(device.Role)}",
        Address = device.Role == DeviceRole.GridMeter ? site.Device.Address : null,
        State = StateOf(device.Condition),
        Reason = device.IsOk ? string.Empty : $"{device.Condition}: {device.Advice}",
        SinceMs = (ulong)device.Since.ToUnixTimeMilliseconds(),
        LastGoodMs = device.IsOk ? now : (ulong)device.Since.ToUnixTimeMilliseconds(),
        Identity = device.Identity,
        PowerW = sample?.PowerW,
        InWh = sample?.ImportedWh ?? sample?.ChargedWh,
        OutWh = sample?.ExportedWh ?? sample?.DischargedWh ?? sample?.ProducedWh,
        LastFault = device.LastFault == DeviceCondition.Ok ? null : StateOf(device.LastFault),
        LastFaultMs = (ulong)(device.LastFaultAt?.ToUnixTimeMilliseconds() ?? 0),
    };

    private byte? UnitOf(DeviceRole role) => role switch
    {
        DeviceRole.Photovoltaic => site.Options.Modbus.PhotovoltaicUnit,
        DeviceRole.GridMeter => site.Options.Modbus.GridMeterUnit,
        _ => site.Options.Modbus.StorageUnit,
    };

    private static string KindOf(DeviceRole role) => role switch
    {
        DeviceRole.Photovoltaic => "inverter",
        DeviceRole.GridMeter => "meter",
        _ => "battery",
    };

    private static DeviceState StateOf(DeviceCondition condition) => condition switch
    {
        DeviceCondition.Ok => DeviceState.Ok,
        DeviceCondition.Silent or DeviceCondition.Unreachable => DeviceState.Silent,
        DeviceCondition.ExceptionResponse => DeviceState.Exception,
        DeviceCondition.Malformed or DeviceCondition.NotSupported => DeviceState.Garbage,
        DeviceCondition.CounterReset => DeviceState.Reset,
        DeviceCondition.ImplausibleStep or DeviceCondition.NotImplemented or DeviceCondition.Stale =>
            DeviceState.Implausible,
        _ => DeviceState.Starting,
    };
}
