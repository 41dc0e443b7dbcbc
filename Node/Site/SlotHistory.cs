namespace EnergyChain.Node.Site;

/// <summary>
/// The last measured slots of a site, bounded; a slot that no meter measured is absent. Not thread-safe.
/// </summary>
public sealed class SlotHistory
{
    /// <summary>Slots that are kept: a week of quarter hours, a month of hours.</summary>
    public const int Capacity = 700;

    private readonly SortedDictionary<long, SlotEnergy> _slots = [];

    /// <summary>The newest measured slot; null before the first.</summary>
    public SlotEnergy? Latest => _slots.Count == 0 ? null : _slots.Last().Value;

    /// <summary>Adds a slot; one that is known already stays as it is.</summary>
    public void Add(SlotEnergy energy)
    {
        _slots.TryAdd(energy.Slot, energy);
        if (_slots.Count > Capacity)
        {
            _slots.Remove(_slots.First().Key);
        }
    }

    public bool TryGet(long slot, out SlotEnergy energy) => _slots.TryGetValue(slot, out energy);

    /// <summary>Up to <paramref name="count"/> measured slots among that many last ones, newest first.</summary>
    public IReadOnlyList<SlotEnergy> Recent(long before, int count)
    {
        List<SlotEnergy> found = new(count);
        for (long slot = before - 1; slot >= before - count; slot--)
        {
            if (_slots.TryGetValue(slot, out SlotEnergy energy))
            {
                found.Add(energy);
            }
        }

        return found;
    }
}
