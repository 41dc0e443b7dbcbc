using EnergyChain.Market.Settlement;

namespace EnergyChain.Market.Model;

/// <summary>A settled slot: each trade with its settlement, in the order of the trades.</summary>
/// <param name="Slot">Which slot.</param>
/// <param name="Lines">Trades and what became of them.</param>
/// <param name="Certified">Green certificates that moved, by place of the trade.</param>
public sealed record SettledSlot(
    Slot Slot,
    IReadOnlyList<(Trade Trade, SettledTrade Line)> Lines,
    IReadOnlyList<WattHours> Certified);
