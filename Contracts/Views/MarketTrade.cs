using EnergyChain.Contracts.Abi;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Contracts.Views;

/// <summary>A trade; id = slot x 65536 + place in the slot. Energy in Wh, price in base units per kWh.</summary>
public sealed record MarketTrade(
    ulong Id,
    uint SellerSite,
    uint BuyerSite,
    Address Seller,
    Address Buyer,
    uint EnergyWh,
    UInt256 PricePerKwh)
{
    internal static MarketTrade Read(AbiValue value)
    {
        IReadOnlyList<AbiValue> v = value.Items;
        return new MarketTrade(
            v[0].AsUInt64,
            v[1].AsUInt32,
            v[2].AsUInt32,
            v[3].AsAddress,
            v[4].AsAddress,
            v[5].AsUInt32,
            v[6].AsUInt256);
    }
}
