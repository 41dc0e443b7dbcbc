using EnergyChain.Core;

namespace EnergyChain.Node.Execution;

/// <summary>What one key held before each of the blocks that changed it, by ascending height.</summary>
internal sealed class Versions<T>
{
    // Below this, shifting the rest down costs less than the places that it frees.
    private const int MinDropped = 16;

    private readonly List<(ulong Height, T Before)> _changes = [];
    private int _dropped;

    public bool IsEmpty => _changes.Count == _dropped;

    public void Add(ulong height, T before)
    {
        Invariant.Check(IsEmpty || _changes[^1].Height < height);
        _changes.Add((height, before));
    }

    /// <summary>Forgets the oldest change, which must be that of the block.</summary>
    public void Drop(ulong height)
    {
        Invariant.Check(_changes[_dropped].Height == height);
        _dropped++;
        if (_dropped >= MinDropped && _dropped * 2 > _changes.Count)
        {
            _changes.RemoveRange(0, _dropped);
            _dropped = 0;
        }
    }

    /// <summary>What it held after the block of this height; false where no later block changed it.</summary>
    public bool TryFindAfter(ulong height, out T before)
    {
        int low = _dropped;
        int high = _changes.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_changes[middle].Height > height)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        before = low < _changes.Count ? _changes[low].Before : default!;
        return low < _changes.Count;
    }
}
