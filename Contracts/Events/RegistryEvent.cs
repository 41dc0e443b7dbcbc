using EnergyChain.Contracts.Abi;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Contracts.Events;

/// <summary>What MeterRegistry logs. The set is closed.</summary>
public abstract record RegistryEvent
{
    private RegistryEvent()
    {
    }

    public sealed record SiteRegistered(uint Site, Address Account) : RegistryEvent;

    public sealed record DeviceRegistered(Address Device, uint Site, uint RatedPowerW, EnergySource Source)
        : RegistryEvent;

    public sealed record DeviceRevoked(Address Device, uint Site) : RegistryEvent;

    public sealed record CounterResetAccepted(Address Device, uint Site) : RegistryEvent;

    /// <summary>A late record is kept and rewarded, but counts in no settlement.</summary>
    public sealed record RecordAccepted(ulong Slot, Address Device, uint Site, MeterRecord Record, bool IsLate)
        : RegistryEvent;

    public sealed record RewardPaid(ulong Slot, Address Account, uint Site, ulong EnergyWh, UInt256 Amount)
        : RegistryEvent;

    /// <summary>A push was refused; the account can withdraw the amount.</summary>
    public sealed record PaymentCredited(Address Account, UInt256 Amount) : RegistryEvent;

    public sealed record CreditWithdrawn(Address Account, Address Recipient, UInt256 Amount) : RegistryEvent;

    internal static RegistryEvent? Read(string name, IReadOnlyList<AbiValue> v) => name switch
    {
        nameof(SiteRegistered) => new SiteRegistered(v[0].AsUInt32, v[1].AsAddress),
        nameof(DeviceRegistered) =>
            new DeviceRegistered(v[0].AsAddress, v[1].AsUInt32, v[2].AsUInt32, (EnergySource)v[3].AsByte),
        nameof(DeviceRevoked) => new DeviceRevoked(v[0].AsAddress, v[1].AsUInt32),
        nameof(CounterResetAccepted) => new CounterResetAccepted(v[0].AsAddress, v[1].AsUInt32),
        nameof(RecordAccepted) => new RecordAccepted(
            v[0].AsUInt64,
            v[1].AsAddress,
            v[2].AsUInt32,
            MeterRecord.Read(v[3]),
            v[4].AsBool),
        nameof(RewardPaid) =>
            new RewardPaid(v[0].AsUInt64, v[1].AsAddress, v[2].AsUInt32, v[3].AsUInt64, v[4].AsUInt256),
        nameof(PaymentCredited) => new PaymentCredited(v[0].AsAddress, v[1].AsUInt256),
        nameof(CreditWithdrawn) => new CreditWithdrawn(v[0].AsAddress, v[1].AsAddress, v[2].AsUInt256),
        _ => null,
    };
}
