using EnergyChain.Devices.Meters;

namespace EnergyChain.Devices.SunSpec;

/// <summary>
/// Vendor model 64950 'interval latch': what a billing meter keeps of its last intervals. The device copies its
/// counters at the very end of each interval, so that a reader gets the exact energy of an interval whenever it asks.
/// <code>
/// offset type    name
///   0    uint16  ID = 64950
///   1    uint16  L = 3 + 14 N
///   2    uint16  N, entries (4 to 8), newest first
///   3    uint32  IvSec, seconds per interval; interval number = floor(unix seconds / IvSec)
///   then N times, from 5 + 14 i:
///  +0    uint64  interval number; not implemented = no entry
///  +4    uint64  WhImp, Wh drawn since ever at the end of the interval
///  +8    uint64  WhExp, Wh delivered (by an inverter: produced) since ever at the end of the interval
/// +12    uint32  WhStored, Wh in the battery at the end of the interval
/// </code>
/// All of it fits one read, so an answer is one moment. A counter of 0 is a counter of 0; not implemented is all ones.
/// </summary>
public static class IntervalLatchModel
{
    public const int HeaderRegisters = 5;
    public const int EntryRegisters = 14;
    public const int MinimumEntries = 4;
    public const int MaximumEntries = 8;

    private const long MaximumWh = long.MaxValue / EnergyCounter.MilliWhPerWh;

    /// <summary>The L register of a model with a number of entries.</summary>
    public static int LengthOf(int entries) => HeaderRegisters - 2 + (EntryRegisters * entries);

    /// <summary>Decodes registers that begin at the model-id register; null when they contradict themselves.</summary>
    public static IntervalLatch? Decode(ReadOnlySpan<ushort> registers)
    {
        int entries = registers[2];
        bool isSized = entries is >= MinimumEntries and <= MaximumEntries
            && registers.Length >= LengthOf(entries) + 2;
        if (!isSized || SunSpecPoint.UInt32(registers, 3) is not (> 0 and uint seconds))
        {
            return null;
        }

        List<LatchedInterval> intervals = new(entries);
        for (int i = 0; i < entries; i++)
        {
            ReadOnlySpan<ushort> entry = registers.Slice(HeaderRegisters + (EntryRegisters * i), EntryRegisters);
            if (SunSpecPoint.UInt64(entry, 0) is not (<= long.MaxValue and ulong number))
            {
                continue;
            }

            intervals.Add(new LatchedInterval(
                (long)number, Counter(entry, 4), Counter(entry, 8), SunSpecPoint.UInt32(entry, 12)));
        }

        return new IntervalLatch(seconds, intervals);
    }

    private static EnergyCounter? Counter(ReadOnlySpan<ushort> entry, int offset) =>
        SunSpecPoint.UInt64(entry, offset) is <= MaximumWh and ulong wh
            ? new EnergyCounter((long)wh * EnergyCounter.MilliWhPerWh, 0, EnergyCounter.MilliWhPerWh)
            : null;
}
