namespace EnergyChain.Core.Numerics;

/// <summary>Hands out the limbs of one buffer from its start on.</summary>
/// <remarks>Safety: memory leads to size limbs, which outlive this.</remarks>
internal unsafe ref struct LimbMemory(ulong* memory, int size)
{
    private readonly ulong* _memory = memory;
    private readonly int _size = size;
    private int _used;

    /// <summary>The next limbs, of any content.</summary>
    public ulong* Take(int limbs)
    {
        ulong* taken = _memory + _used;
        _used += limbs;
        Invariant.Check(_used <= _size);
        return taken;
    }

    /// <summary>
    /// Takes back all that was handed out since <paramref name="start"/>, but for these limbs, which move there.
    /// </summary>
    public ulong* Keep(ulong* start, ulong* limbs, int length)
    {
        new Span<ulong>(limbs, length).CopyTo(new Span<ulong>(start, length));
        _used = (int)(start - _memory) + length;
        return start;
    }
}
