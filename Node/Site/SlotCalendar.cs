namespace EnergyChain.Node.Site;

/// <summary>
/// Which hours a slot stands for. On a real chain a slot is its own time; in a demo whose slots are squeezed hours,
/// slot <paramref name="AnchorSlot"/> stands for the interval that starts at <paramref name="AnchorStart"/>.
/// </summary>
/// <param name="AnchorSlot">Any slot.</param>
/// <param name="AnchorStart">Local start of the interval that it stands for.</param>
/// <param name="SlotLength">The time that a slot stands for.</param>
public sealed record SlotCalendar(long AnchorSlot, DateTime AnchorStart, TimeSpan SlotLength)
{
    /// <summary>Slots in a day, at least 1.</summary>
    public long SlotsPerDay => Math.Max(1, TimeSpan.TicksPerDay / SlotLength.Ticks);

    /// <summary>Local start of the interval that a slot stands for.</summary>
    public DateTime StartOf(long slot) => AnchorStart.AddTicks((slot - AnchorSlot) * SlotLength.Ticks);
}
