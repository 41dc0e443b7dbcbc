namespace EnergyChain.Devices.SunSpec;

/// <summary>How a discovery ended.</summary>
public enum SunSpecDiscoveryStatus
{
    Found,

    /// <summary>None of the three base addresses holds 'SunS'.</summary>
    NotSunSpec,

    /// <summary>The chain of models has no end within the bound, or runs past the last register.</summary>
    BrokenChain,

    /// <summary>The device did not answer; the Modbus result says how.</summary>
    DeviceFailed,
}
