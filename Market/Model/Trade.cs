namespace EnergyChain.Market.Model;

/// <summary>Energy sold for a slot. BuyOrderId is 0 where an offer was accepted.</summary>
public sealed record Trade(
    ulong BuyOrderId,
    ulong SellOrderId,
    AccountId Seller,
    SiteId SellerSite,
    AccountId Buyer,
    SiteId BuyerSite,
    WattHours Energy,
    PricePerKwh Price);
