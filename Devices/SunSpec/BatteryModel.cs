namespace EnergyChain.Devices.SunSpec;

/// <summary>Model 802: a battery base model. Values that the device does not implement are null.</summary>
/// <param name="CapacityWh">Nameplate energy capacity.</param>
/// <param name="StateOfChargePermille">State of charge, 0 to 1000.</param>
/// <param name="StoredWh">Capacity x state of charge at the register's own resolution, rounded to whole Wh.</param>
/// <param name="StateOfHealthPermille">State of health.</param>
/// <param name="Cycles">Charge cycles so far.</param>
/// <param name="ChargeStatus">
/// Code of the standard: 1 off, 2 empty, 3 discharging, 4 charging, 5 full, 6 holding.
/// </param>
/// <param name="State">Code of the standard: 1 disconnected, 2 initialising, 3 connected ...</param>
/// <param name="PowerW">DC power as the device signs it.</param>
public sealed record BatteryModel(
    long? CapacityWh,
    int? StateOfChargePermille,
    long? StoredWh,
    int? StateOfHealthPermille,
    uint? Cycles,
    ushort? ChargeStatus,
    ushort? State,
    long? PowerW)
{
    public const int Length = 62;

    // Percent values are kept at 10^-4 % until the last step, so that the stored energy is rounded once.
    private const int PercentExponent = -4;
    private const long Full = 1_000_000;

    /// <summary>Decodes registers that begin at the model-id register.</summary>
    public static BatteryModel Decode(ReadOnlySpan<ushort> registers)
    {
        long? capacityWh = SunSpecScale.Apply(SunSpecPoint.UInt16(registers, 3), SunSpecPoint.Int16(registers, 53), 0);
        long? charge = Percent(registers, 11, 56);
        return new BatteryModel(
            capacityWh,
            Permille(charge),
            charge is null || capacityWh is null ? null : ((capacityWh * charge) + (Full / 2)) / Full,
            Permille(Percent(registers, 13, 58)),
            SunSpecPoint.UInt32(registers, 14),
            SunSpecPoint.UInt16(registers, 16),
            SunSpecPoint.UInt16(registers, 22),
            SunSpecScale.Apply(SunSpecPoint.Int16(registers, 47), SunSpecPoint.Int16(registers, 63), 0));
    }

    private static long? Percent(ReadOnlySpan<ushort> registers, int offset, int factorOffset)
    {
        long? value = SunSpecScale.Apply(
            SunSpecPoint.UInt16(registers, offset), SunSpecPoint.Int16(registers, factorOffset), PercentExponent);
        return value is >= 0 and <= Full ? value : null;
    }

    private static int? Permille(long? percent) => percent is null ? null : (int)((percent + 500) / 1000);
}
