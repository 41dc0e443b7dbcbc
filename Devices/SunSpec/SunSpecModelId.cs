namespace EnergyChain.Devices.SunSpec;

/// <summary>Model ids that this project reads, and their lengths without the id and length registers.</summary>
public static class SunSpecModelId
{
    public const ushort Common = 1;
    public const ushort SinglePhaseInverter = 101;
    public const ushort ThreePhaseInverter = 103;
    public const ushort SinglePhaseMeter = 201;
    public const ushort ThreePhaseMeter = 203;
    public const ushort DeltaThreePhaseMeter = 204;
    public const ushort Battery = 802;

    /// <summary>Vendor model of this project: see <see cref="IntervalLatchModel"/>.</summary>
    public const ushort IntervalLatch = 64950;

    /// <summary>Vendor model of this project: see <see cref="BatteryPlanModel"/>.</summary>
    public const ushort BatteryPlan = 64951;
    public const ushort End = 0xFFFF;
}
