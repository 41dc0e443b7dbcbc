using EnergyChain.Contracts;

namespace EnergyChain.Dashboard.History;

/// <summary>Slots of a site.</summary>
/// <param name="Site">The site; null for all.</param>
/// <param name="Span">The slots.</param>
/// <param name="SlotSeconds">Seconds of a slot.</param>
public sealed record HistoryKey(uint? Site, SlotSpan Span, ulong SlotSeconds)
{
    /// <summary>When the first slot begins; ms.</summary>
    public ulong BeginMs => TimeMs(Span.From);

    /// <summary>From when on the span was traded in; ms.</summary>
    public ulong TradingBeginsMs => TimeMs(Span.From - Math.Min(Span.From, MarketLimits.MaxSlotsAhead));

    /// <summary>Until when the span's late records and clearings are looked for; ms.</summary>
    public ulong EndMs => TimeMs(Span.To) + (ulong)SlotHistory.Afterwards.TotalMilliseconds;

    private ulong TimeMs(ulong slot) => slot * SlotSeconds * 1_000;
}
