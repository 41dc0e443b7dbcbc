using System.Globalization;
using EnergyChain.Devices.Simulation;
using EnergyChain.Node.Hosting;

namespace EnergyChain.Node.Devnet;

/// <summary>A fault of a simulated meter in a run.</summary>
/// <param name="Home">The site, such as home_03.</param>
/// <param name="Device">pv, grid, battery, or all.</param>
/// <param name="Kind">What goes wrong.</param>
/// <param name="FirstSlot">First slot, counted from 0 in the run.</param>
/// <param name="LastSlot">Last slot.</param>
public sealed record MeterFault(string Home, string Device, DeviceFaultKind Kind, int FirstSlot, int LastSlot)
{
    private static readonly Dictionary<string, byte> Units =
        new() { ["all"] = 0, ["pv"] = 1, ["grid"] = 2, ["battery"] = 3 };

    private static readonly Dictionary<string, DeviceFaultKind> Kinds = new()
    {
        ["silent"] = DeviceFaultKind.Silent,
        ["refused"] = DeviceFaultKind.RefuseConnections,
        ["exception"] = DeviceFaultKind.ExceptionCode,
        ["garbage"] = DeviceFaultKind.Garbage,
        ["transaction"] = DeviceFaultKind.WrongTransaction,
        ["reset"] = DeviceFaultKind.CounterReset,
        ["spike"] = DeviceFaultKind.Spike,
        ["frozen"] = DeviceFaultKind.Frozen,
    };

    /// <summary>Reads SITE:DEVICE:KIND:SLOTS; throws <see cref="OperatorException"/> with what is allowed.</summary>
    public static MeterFault Parse(string text)
    {
        string[] parts = text.Split(':');
        bool sound = parts.Length == 4
            && parts[0].Length > 0
            && Units.ContainsKey(parts[1]) && Kinds.ContainsKey(parts[2]);
        if (!sound || !TryReadSlots(parts[3], out int first, out int last))
        {
            throw OperatorException.ForOption(
                "--meter-fault",
                text,
                "SITE:DEVICE:KIND:SLOTS, for example home_03:grid:silent:5-7; "
                + $"devices {string.Join(", ", Units.Keys)}; "
                + $"kinds {string.Join(", ", Kinds.Keys)}; slots of the run from 0");
        }

        return new MeterFault(parts[0], parts[1], Kinds[parts[2]], first, last);
    }

    /// <summary>The fault of the simulated site, whose first slot of the run is <paramref name="firstSlot"/>.</summary>
    public DeviceFault At(long firstSlot) => new(Units[Device], firstSlot + FirstSlot, firstSlot + LastSlot, Kind);

    private static bool TryReadSlots(string text, out int first, out int last)
    {
        string[] ends = text.Split('-');
        last = 0;
        bool sound = int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out first)
            && int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out last);
        return sound && ends.Length <= 2 && first <= last;
    }
}
