using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Network.Links;

/// <summary>
/// Recently seen hashes, at most <paramref name="capacity"/>, in two generations: between half and all of the
/// capacity is remembered. Thread-safe.
/// </summary>
internal sealed class KnownSet(int capacity)
{
    private readonly Lock _lock = new();
    private HashSet<Hash32> _young = [];
    private HashSet<Hash32> _old = [];

    /// <summary>False where it was known.</summary>
    public bool Add(Hash32 hash)
    {
        lock (_lock)
        {
            if (_young.Contains(hash) || _old.Contains(hash))
            {
                return false;
            }

            if (_young.Count >= capacity / 2)
            {
                (_old, _young) = (_young, _old);
                _young.Clear();
            }

            return _young.Add(hash);
        }
    }

    public bool Contains(Hash32 hash)
    {
        lock (_lock)
        {
            return _young.Contains(hash) || _old.Contains(hash);
        }
    }

    public void Remove(Hash32 hash)
    {
        lock (_lock)
        {
            _young.Remove(hash);
            _old.Remove(hash);
        }
    }
}
