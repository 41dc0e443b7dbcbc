namespace EnergyChain.Node.Api;

/// <summary>How a device is doing, by what its operator would have to do about it.</summary>
public enum DeviceState
{
    /// <summary>Not read yet.</summary>
    Starting,

    Ok,

    /// <summary>No connection or no answer.</summary>
    Silent,

    /// <summary>It answers with Modbus exceptions.</summary>
    Exception,

    /// <summary>Its answers are not the protocol's, or not what its model promises.</summary>
    Garbage,

    /// <summary>A counter went back; the operator has to confirm the reset.</summary>
    Reset,

    /// <summary>A value is beyond what the device can do.</summary>
    Implausible,
}
