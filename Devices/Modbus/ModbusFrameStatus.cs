namespace EnergyChain.Devices.Modbus;

/// <summary>What the first bytes of a stream turned out to be.</summary>
public enum ModbusFrameStatus
{
    Complete,
    NeedMoreData,
    WrongProtocol,
    LengthOutOfRange,
}
