using EnergyChain.Core.Primitives;
using EnergyChain.Market;

namespace EnergyChain.Dashboard.Trading;

/// <summary>What the auction of a slot gave.</summary>
/// <param name="Slot">The slot.</param>
/// <param name="Time">When it was cleared.</param>
/// <param name="Price">Zero where the auction made no trade.</param>
/// <param name="Volume">Of the auction.</param>
/// <param name="Trades">Direct ones among them.</param>
public sealed record ClearedSlot(ulong Slot, BlockTime Time, PricePerKwh Price, WattHours Volume, ulong Trades);
