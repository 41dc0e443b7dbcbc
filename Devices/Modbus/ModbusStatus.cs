namespace EnergyChain.Devices.Modbus;

/// <summary>How a request ended. Only <see cref="Ok"/> leaves data in the destination.</summary>
public enum ModbusStatus
{
    Ok,

    /// <summary>The device took the connection and did not answer in time.</summary>
    Timeout,

    /// <summary>The connection could not be made, or it broke.</summary>
    Disconnected,

    /// <summary>The device answered with an exception code; the connection stays.</summary>
    ExceptionResponse,

    /// <summary>The answer is not a valid Modbus frame for the request; the connection was dropped.</summary>
    MalformedResponse,

    /// <summary>The answer belongs to another request; the connection was dropped.</summary>
    TransactionMismatch,

    /// <summary>The caller asked for a range that no message can carry; nothing was sent.</summary>
    InvalidRequest,
}
