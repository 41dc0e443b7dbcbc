using EnergyChain.Devices.Modbus;

namespace EnergyChain.Devices.Meters;

/// <summary>How a device is, for the operator.</summary>
/// <param name="Name">The device's name at its site.</param>
/// <param name="Role">What it is.</param>
/// <param name="Identity">Who made it, as far as it has said.</param>
/// <param name="Condition">How it is now.</param>
/// <param name="Exception">The device's code with ExceptionResponse.</param>
/// <param name="Since">Since when it is so.</param>
/// <param name="LastFault">The last condition that was not Ok; Ok when there has been none.</param>
/// <param name="LastFaultAt">When that began.</param>
public sealed record DeviceHealth(
    string Name,
    DeviceRole Role,
    DeviceIdentity Identity,
    DeviceCondition Condition,
    ModbusExceptionCode Exception,
    DateTimeOffset Since,
    DeviceCondition LastFault,
    DateTimeOffset? LastFaultAt)
{
    public bool IsOk => Condition == DeviceCondition.Ok;

    /// <summary>What to do about it, one sentence; empty while the device is well.</summary>
    public string Advice => DeviceAdvice.For(Condition, Exception);
}
