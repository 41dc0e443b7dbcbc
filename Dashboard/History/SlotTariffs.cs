using EnergyChain.Market;

namespace EnergyChain.Dashboard.History;

/// <summary>Tariffs of a span of slots.</summary>
/// <param name="BySlot">A slot that none was published for is left out.</param>
/// <param name="FirstSlot">
/// The first slot of which it is known whether one was published: that of the span, or later where more were published
/// than are kept.
/// </param>
public sealed record SlotTariffs(IReadOnlyDictionary<ulong, Tariff> BySlot, ulong FirstSlot);
