namespace EnergyChain.Market.Model;

/// <summary>An order or offer with what is still open of it.</summary>
/// <param name="Id">Ascends with time.</param>
/// <param name="Slot">Slot of delivery.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Account">Who placed it and is paid.</param>
/// <param name="Site">Site that trades.</param>
/// <param name="Energy">Still open.</param>
/// <param name="Price">Limit or offer price.</param>
/// <param name="Counterparty">The only site that may accept, or none.</param>
public sealed record OpenOrder(
    ulong Id,
    Slot Slot,
    OrderKind Kind,
    AccountId Account,
    SiteId Site,
    WattHours Energy,
    PricePerKwh Price,
    SiteId Counterparty);
