using EnergyChain.Contracts.Abi;
using EnergyChain.Core.Numerics;

namespace EnergyChain.Contracts.Events;

/// <summary>The sums of a settled slot. Energy in Wh, money in base units.</summary>
public sealed record SettledSlot(
    ulong Trades,
    ulong SoldWh,
    ulong DeliveredWh,
    UInt256 Paid,
    UInt256 Fees,
    UInt256 Compensation)
{
    internal static SettledSlot Read(AbiValue value)
    {
        IReadOnlyList<AbiValue> v = value.Items;
        return new SettledSlot(
            v[0].AsUInt64,
            v[1].AsUInt64,
            v[2].AsUInt64,
            v[3].AsUInt256,
            v[4].AsUInt256,
            v[5].AsUInt256);
    }
}
