namespace EnergyChain.Devices.Simulation;

/// <summary>How a simulated device can fail.</summary>
public enum DeviceFaultKind
{
    /// <summary>Takes requests and never answers.</summary>
    Silent,

    /// <summary>Resets connections: at once for the whole site, at the first request for one unit.</summary>
    RefuseConnections,

    /// <summary>Answers with an exception code.</summary>
    ExceptionCode,

    /// <summary>Sends bytes that are no Modbus frame.</summary>
    Garbage,

    /// <summary>Answers under another transaction id.</summary>
    WrongTransaction,

    /// <summary>Counters start again from 0 in the middle of the first slot.</summary>
    CounterReset,

    /// <summary>The first reading of the counters in each slot is a million Wh too high.</summary>
    Spike,

    /// <summary>All values stand as they were at the start of the first slot.</summary>
    Frozen,
}
