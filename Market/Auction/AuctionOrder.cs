namespace EnergyChain.Market.Auction;

/// <summary>A bid or an ask. Of equal prices the lower id comes first.</summary>
/// <param name="Id">Ascends with time.</param>
/// <param name="Energy">Above zero.</param>
/// <param name="Limit">The most a buyer pays, the least a seller takes.</param>
public sealed record AuctionOrder(ulong Id, WattHours Energy, PricePerKwh Limit);
