using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Client.Model;

/// <summary>What became of a trade at settlement. Energy in Wh, money in base units.</summary>
/// <param name="DeliveredWh">Its part of what the seller's meters exported.</param>
/// <param name="ShortWh">Sold less delivered.</param>
/// <param name="SellerExportedWh">The seller's metered export of the slot, over all its trades.</param>
/// <param name="CertifiedWh">Delivered with a green certificate.</param>
/// <param name="Paid">Buyer to seller.</param>
/// <param name="Fee">Buyer to grid account.</param>
/// <param name="Compensation">Seller's collateral to buyer.</param>
/// <param name="EscrowReturned">Back to the buyer.</param>
/// <param name="CollateralReturned">Back to the seller.</param>
/// <param name="Height">The block that settled it.</param>
public sealed record SettlementInfo(
    ulong DeliveredWh,
    ulong ShortWh,
    ulong SellerExportedWh,
    ulong CertifiedWh,
    UInt256 Paid,
    UInt256 Fee,
    UInt256 Compensation,
    UInt256 EscrowReturned,
    UInt256 CollateralReturned,
    Height Height);
