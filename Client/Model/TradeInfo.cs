using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Client.Model;

/// <summary>A trade. Energy in Wh, money in base units.</summary>
public sealed record TradeInfo
{
    public required ulong Id { get; init; }

    public required ulong Slot { get; init; }

    public required uint SellerSite { get; init; }

    public required uint BuyerSite { get; init; }

    public required Address Seller { get; init; }

    public required Address Buyer { get; init; }

    public required ulong EnergyWh { get; init; }

    public required UInt256 PricePerKwh { get; init; }

    /// <summary>True for an accepted direct offer, false for a trade of the auction.</summary>
    public required bool IsDirect { get; init; }

    public required Height Height { get; init; }

    public required BlockTime Time { get; init; }

    /// <summary>The transaction that made it.</summary>
    public Hash32 TransactionId { get; init; }

    /// <summary>0 for a direct offer.</summary>
    public ulong BuyOrderId { get; init; }

    public ulong SellOrderId { get; init; }

    /// <summary>Null until the slot is settled.</summary>
    public SettlementInfo? Settlement { get; init; }
}
