using System.Buffers.Binary;

namespace EnergyChain.Devices.SunSpec;

/// <summary>
/// Vendor model 64951 'battery plan': energy that the battery shall move in one coming interval on top of its own
/// self-consumption control. A write of all registers from offset 2 sets the target of that interval; it is refused
/// with exception 3 for an interval that has begun. Reading gives the last write.
/// <code>
/// offset type    name
///   0    uint16  ID = 64951
///   1    uint16  L = 6
///   2    uint64  interval number
///   6    int32   Wh: positive = more discharge (for sale), negative = more charge (from the grid)
/// </code>
/// </summary>
public static class BatteryPlanModel
{
    public const int Length = 6;
    public const int WriteOffset = 2;
    public const int WriteRegisters = 6;

    /// <summary>The registers to write from offset 2.</summary>
    public static ushort[] Encode(long interval, int extraDischargeWh)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(interval);
        Span<byte> bytes = stackalloc byte[2 * WriteRegisters];
        BinaryPrimitives.WriteInt64BigEndian(bytes, interval);
        BinaryPrimitives.WriteInt32BigEndian(bytes[8..], extraDischargeWh);
        ushort[] registers = new ushort[WriteRegisters];
        for (int i = 0; i < WriteRegisters; i++)
        {
            registers[i] = BinaryPrimitives.ReadUInt16BigEndian(bytes[(2 * i)..]);
        }

        return registers;
    }

    /// <summary>
    /// Decodes what <see cref="Encode"/> makes; false when a value is not implemented or out of range.
    /// </summary>
    public static bool TryDecode(ReadOnlySpan<ushort> registers, out long interval, out int extraDischargeWh)
    {
        interval = 0;
        extraDischargeWh = 0;
        if (registers.Length != WriteRegisters
            || SunSpecPoint.UInt64(registers, 0) is not (<= long.MaxValue and ulong number)
            || SunSpecPoint.Int32(registers, 4) is not int wh)
        {
            return false;
        }

        interval = (long)number;
        extraDischargeWh = wh;
        return true;
    }
}
