using EnergyChain.Contracts.Abi;

namespace EnergyChain.Contracts.Views;

/// <summary>A device as the registry knows it; counters and slot are of its last accepted record.</summary>
public sealed record RegisteredDevice(
    uint Site,
    uint RatedPowerW,
    EnergySource Source,
    DeviceStatus Status,
    bool HasReported,
    ulong LastSlot,
    ulong LastSequence,
    ulong ImportCounterWh,
    ulong ExportCounterWh,
    ulong ProductionCounterWh)
{
    internal static RegisteredDevice Read(AbiValue value)
    {
        IReadOnlyList<AbiValue> v = value.Items;
        return new RegisteredDevice(
            v[0].AsUInt32,
            v[1].AsUInt32,
            (EnergySource)v[2].AsByte,
            (DeviceStatus)v[3].AsByte,
            v[4].AsBool,
            v[5].AsUInt64,
            v[6].AsUInt64,
            v[7].AsUInt64,
            v[8].AsUInt64,
            v[9].AsUInt64);
    }
}
