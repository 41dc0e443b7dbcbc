namespace EnergyChain.Devices.Modbus;

/// <summary>A decoded MBAP header; <paramref name="PduBytes"/> is the number of bytes that follow it.</summary>
public readonly record struct ModbusHeader(ushort TransactionId, byte Unit, int PduBytes);
