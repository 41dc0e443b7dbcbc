namespace EnergyChain.Node.Site;

/// <summary>
/// The times of a market on one-second blocks, in whole seconds. Orders are placed as soon as a slot begins, for a slot
/// so far ahead that at least <see cref="OrderMarginSeconds"/> are left until its gate closes: a block a second and one
/// failed round (about 2 s) fit in. Records go out as soon as a slot has ended; the report window leaves them
/// <see cref="LeastReportWindowSeconds"/> or more, so that a meter's time-outs and a failed round fit in.
/// </summary>
public sealed record MarketTiming
{
    /// <summary>Least length of a slot: with less, a slot may pass between two headers.</summary>
    public const int LeastSlotSeconds = 2;

    public const int MostSlotSeconds = 86_400;

    public const int OrderMarginSeconds = 3;

    public const int LeastReportWindowSeconds = 6;

    private const int MostGateLeadSeconds = 300;
    private const int MostReportWindowSeconds = 900;

    private MarketTiming(int slotSeconds, int gateLeadSeconds, int reportWindowSeconds)
    {
        SlotSeconds = slotSeconds;
        GateLeadSeconds = gateLeadSeconds;
        ReportWindowSeconds = reportWindowSeconds;
    }

    public int SlotSeconds { get; }

    /// <summary>Seconds before a slot at which its orders close.</summary>
    public int GateLeadSeconds { get; }

    /// <summary>Seconds after a slot in which its records count.</summary>
    public int ReportWindowSeconds { get; }

    /// <summary>How many slots ahead of the one that begins orders are placed.</summary>
    public int OrderLeadSlots => OrderLead(SlotSeconds, GateLeadSeconds);

    /// <summary>
    /// The times for a slot length: 2 s gives 1, 6 and two slots ahead; 900 s gives 300, 900 and one.
    /// </summary>
    public static MarketTiming For(int slotSeconds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(slotSeconds, LeastSlotSeconds);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(slotSeconds, MostSlotSeconds);
        return new MarketTiming(
            slotSeconds,
            Math.Clamp(slotSeconds / 3, 1, MostGateLeadSeconds),
            Math.Clamp(slotSeconds, LeastReportWindowSeconds, MostReportWindowSeconds));
    }

    /// <summary>How many slots ahead orders are placed, for any chain's slot length and gate lead.</summary>
    public static int OrderLead(int slotSeconds, int gateLeadSeconds) =>
        (OrderMarginSeconds + gateLeadSeconds + slotSeconds - 1) / slotSeconds;
}
