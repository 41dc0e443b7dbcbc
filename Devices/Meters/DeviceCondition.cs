namespace EnergyChain.Devices.Meters;

/// <summary>How a device is. Everything but <see cref="Ok"/> makes its values unavailable, never 0.</summary>
public enum DeviceCondition
{
    Ok,

    /// <summary>Takes connections but does not answer in time.</summary>
    Silent,

    /// <summary>No connection can be made, or it breaks.</summary>
    Unreachable,

    /// <summary>Answers with a Modbus exception code.</summary>
    ExceptionResponse,

    /// <summary>Sends what is not an answer to the request.</summary>
    Malformed,

    /// <summary>Answers, but does not offer the registers its role needs.</summary>
    NotSupported,

    /// <summary>Has the registers, but marks a needed counter as not implemented.</summary>
    NotImplemented,

    /// <summary>A counter fell, and stayed there over the confirmations.</summary>
    CounterReset,

    /// <summary>A counter moved by more than rated power x time.</summary>
    ImplausibleStep,

    /// <summary>Values stand still although they should move.</summary>
    Stale,

    /// <summary>Works, but what it kept does not reach back to the asked interval.</summary>
    NoHistory,
}
