namespace EnergyChain.Simulation.Time;

/// <summary>
/// SplitMix64: small, the same on every machine and version, and each part of a run forks a stream of its own, so that
/// one part that draws more does not change what another draws. Not for anything secret. Not thread-safe.
/// </summary>
internal sealed class SeededRandom(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        unchecked
        {
            _state += 0x9E37_79B9_7F4A_7C15;
            ulong mixed = (_state ^ (_state >> 30)) * 0xBF58_476D_1CE4_E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D0_49BB_1331_11EB;
            return mixed ^ (mixed >> 31);
        }
    }

    /// <summary>From 0 to less than the bound, which is over 0.</summary>
    public int Below(int bound) => (int)(Next() % (ulong)bound);

    /// <summary>Both ends included.</summary>
    public int Between(int least, int most) => least + (int)(Next() % (ulong)((long)most - least + 1));

    public bool Chance(int percent) => Below(100) < percent;

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    /// <summary>So many of the items, in random order.</summary>
    public IReadOnlyList<T> Draw<T>(IEnumerable<T> items, int count)
    {
        List<T> left = [.. items];
        List<T> drawn = [];
        while (drawn.Count < count && left.Count > 0)
        {
            int index = Below(left.Count);
            drawn.Add(left[index]);
            left.RemoveAt(index);
        }

        return drawn;
    }

    /// <summary>A stream of its own.</summary>
    public SeededRandom Fork() => new(Next());
}
