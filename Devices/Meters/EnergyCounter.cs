namespace EnergyChain.Devices.Meters;

/// <summary>A cumulative energy counter as a device shows it.</summary>
/// <param name="MilliWh">The value in milliwatt hours.</param>
/// <param name="ModulusMilliWh">Where it starts again from 0; 0 for a counter that never does.</param>
/// <param name="ResolutionMilliWh">Its smallest step.</param>
public readonly record struct EnergyCounter(long MilliWh, long ModulusMilliWh, long ResolutionMilliWh)
{
    public const long MilliWhPerWh = 1000;

    /// <summary>
    /// Stands for a direction that the kind of device does not have, such as the import of a PV inverter.
    /// </summary>
    public static EnergyCounter Unused => default;
}
