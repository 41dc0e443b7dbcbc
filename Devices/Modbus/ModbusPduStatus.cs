namespace EnergyChain.Devices.Modbus;

/// <summary>The result of decoding a PDU; every byte sequence has one.</summary>
public enum ModbusPduStatus
{
    Ok,

    /// <summary>A well-formed exception response.</summary>
    Exception,
    Empty,
    UnknownFunction,

    /// <summary>The answer is to another function than the request.</summary>
    UnexpectedFunction,
    WrongLength,
    ByteCountMismatch,
    CountOutOfRange,

    /// <summary>Address plus count passes the last register.</summary>
    AddressOutOfRange,

    /// <summary>A write response does not repeat what was written.</summary>
    EchoMismatch,
}
