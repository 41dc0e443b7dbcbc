namespace EnergyChain.Dashboard.Faults;

/// <summary>
/// What is wrong. HomeText has two texts for each: Fault.{kind} says what it is, Fault.{kind}.Do what to do.
/// </summary>
public enum FaultKind
{
    NodeDown,
    NodeStandstill,
    NodeBehind,
    DeviceSilent,
    DeviceException,
    DeviceGarbage,
    DeviceReset,
    DeviceImplausible,
    DeviceOther,
    StaleValues,
    RecordRefused,
    RecordNotTaken,
}
