namespace EnergyChain.Dashboard.History;

/// <summary>Slots from one on, up to but without another.</summary>
public readonly record struct SlotSpan(ulong From, ulong To)
{
    public ulong Count => To > From ? To - From : 0;

    /// <summary>The slots that begin within a stretch of time, so that days and months share none.</summary>
    public static SlotSpan Of(DateTimeOffset from, DateTimeOffset to, ulong slotSeconds) =>
        new(FirstFrom(from, slotSeconds), FirstFrom(to, slotSeconds));

    public bool Contains(ulong slot) => slot >= From && slot < To;

    private static ulong FirstFrom(DateTimeOffset time, ulong slotSeconds)
    {
        ulong seconds = (ulong)Math.Max(0, time.ToUnixTimeSeconds());
        return (seconds / slotSeconds) + (seconds % slotSeconds == 0 ? 0UL : 1UL);
    }
}
