using EnergyChain.Contracts.Abi;
using EnergyChain.Core.Numerics;

namespace EnergyChain.Contracts.Events;

/// <summary>A trade at settlement, line by line. Energy in Wh, money in base units.</summary>
/// <param name="SellerSite">Who sold.</param>
/// <param name="BuyerSite">Who bought.</param>
/// <param name="SoldWh">Energy of the trade.</param>
/// <param name="DeliveredWh">Its part of min(sold, exported) of the seller.</param>
/// <param name="ShortWh">Sold less delivered.</param>
/// <param name="SellerExportedWh">The seller's metered export of the slot, over all its trades.</param>
/// <param name="CertifiedWh">Green certificates that moved.</param>
/// <param name="PricePerKwh">Price of the trade.</param>
/// <param name="Paid">Buyer to seller, delivered x price.</param>
/// <param name="Fee">Buyer to grid account, delivered x grid fee.</param>
/// <param name="Compensation">Seller's collateral to buyer, for what is short.</param>
/// <param name="EscrowReturned">Back to the buyer.</param>
/// <param name="CollateralReturned">Back to the seller.</param>
public sealed record SettledTrade(
    uint SellerSite,
    uint BuyerSite,
    uint SoldWh,
    uint DeliveredWh,
    uint ShortWh,
    ulong SellerExportedWh,
    uint CertifiedWh,
    UInt256 PricePerKwh,
    UInt256 Paid,
    UInt256 Fee,
    UInt256 Compensation,
    UInt256 EscrowReturned,
    UInt256 CollateralReturned)
{
    internal static SettledTrade Read(AbiValue value)
    {
        IReadOnlyList<AbiValue> v = value.Items;
        return new SettledTrade(
            v[0].AsUInt32,
            v[1].AsUInt32,
            v[2].AsUInt32,
            v[3].AsUInt32,
            v[4].AsUInt32,
            v[5].AsUInt64,
            v[6].AsUInt32,
            v[7].AsUInt256,
            v[8].AsUInt256,
            v[9].AsUInt256,
            v[10].AsUInt256,
            v[11].AsUInt256,
            v[12].AsUInt256);
    }
}
