using EnergyChain.Devices.Meters;
using EnergyChain.Node.Devnet.Report;

namespace EnergyChain.Node.Devnet;

/// <summary>The faults of a run: validators that fell, meters that failed. Bounded and thread-safe.</summary>
public sealed class FaultLog
{
    private const int MaxRows = 10_000;

    private readonly Lock _lock = new();
    private readonly List<FaultRow> _rows = [];
    private readonly Dictionary<(string Home, string Device), DateTimeOffset> _known = [];

    public IReadOnlyList<FaultRow> Rows
    {
        get
        {
            lock (_lock)
            {
                return [.. _rows];
            }
        }
    }

    public void Add(FaultRow row)
    {
        lock (_lock)
        {
            if (_rows.Count < MaxRows)
            {
                _rows.Add(row);
            }
        }
    }

    /// <summary>Notes devices that have failed since the last look.</summary>
    public void Look(string home, IReadOnlyList<DeviceHealth> devices)
    {
        foreach (DeviceHealth device in devices)
        {
            if (device.LastFaultAt is { } began && IsNew(home, device.Name, began))
            {
                string advice = DeviceAdvice.For(device.LastFault, device.Exception);
                Add(new FaultRow(
                    (ulong)began.ToUnixTimeMilliseconds(),
                    "meter",
                    $"{home} {device.Name}",
                    $"{device.LastFault}. {advice}"));
            }
        }
    }

    private bool IsNew(string home, string device, DateTimeOffset began)
    {
        lock (_lock)
        {
            bool isNew = !_known.TryGetValue((home, device), out DateTimeOffset known) || known != began;
            _known[(home, device)] = began;
            return isNew;
        }
    }
}
