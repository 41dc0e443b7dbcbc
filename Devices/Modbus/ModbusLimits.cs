namespace EnergyChain.Devices.Modbus;

/// <summary>Sizes fixed by the Modbus specification.</summary>
public static class ModbusLimits
{
    /// <summary>Bytes of the MBAP header: transaction id, protocol id, length, unit.</summary>
    public const int HeaderBytes = 7;

    public const int MaximumPduBytes = 253;
    public const int MaximumFrameBytes = HeaderBytes + MaximumPduBytes;
    public const int MaximumRegistersPerRead = 125;
    public const int MaximumRegistersPerWrite = 123;
    public const int RegisterCount = 65_536;
}
