using EnergyChain.Contracts.Abi;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Contracts.Views;

/// <summary>An open order or offer. Energy in Wh, price in base units per kWh.</summary>
/// <param name="Id">Ids ascend with time; 0 is none.</param>
/// <param name="Slot">Slot of delivery.</param>
/// <param name="Kind">None where the order is not open.</param>
/// <param name="Account">Who placed it and is paid.</param>
/// <param name="Site">Site that trades.</param>
/// <param name="Counterparty">The only site that may accept the offer, or 0 for all.</param>
/// <param name="EnergyWh">What is still open.</param>
/// <param name="PricePerKwh">Limit or offer price.</param>
public sealed record MarketOrder(
    ulong Id,
    ulong Slot,
    OrderKind Kind,
    Address Account,
    uint Site,
    uint Counterparty,
    uint EnergyWh,
    UInt256 PricePerKwh)
{
    internal static MarketOrder Read(AbiValue value)
    {
        IReadOnlyList<AbiValue> v = value.Items;
        return new MarketOrder(
            v[0].AsUInt64,
            v[1].AsUInt64,
            (OrderKind)v[2].AsByte,
            v[3].AsAddress,
            v[4].AsUInt32,
            v[5].AsUInt32,
            v[6].AsUInt32,
            v[7].AsUInt256);
    }
}
