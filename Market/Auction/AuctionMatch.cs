namespace EnergyChain.Market.Auction;

/// <summary>Energy that goes from an ask to a bid.</summary>
public sealed record AuctionMatch(ulong BidId, ulong AskId, WattHours Energy);
