using System.Collections.Concurrent;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Storage;

/// <summary>
/// The heights of a log whose records are known to be damaged, each logged once with its file and byte. Thread-safe.
/// </summary>
internal sealed class DamagedRecords(ILogger logger)
{
    private readonly ConcurrentDictionary<ulong, bool> _heights = [];

    /// <summary>Ascending.</summary>
    public IReadOnlyList<Height> Heights => [.. _heights.Keys.Order().Select(static height => new Height(height))];

    public bool Contains(ulong height) => !_heights.IsEmpty && _heights.ContainsKey(height);

    /// <summary>Notes a damaged record and logs it, unless it is known.</summary>
    public void Add(ulong height, string path, long offset)
    {
        if (_heights.TryAdd(height, true))
        {
            StorageLog.RecordDamaged(logger, path, offset, height);
        }
    }

    /// <summary>Forgets records that have been replaced.</summary>
    public void Remove(IEnumerable<ulong> heights)
    {
        foreach (ulong height in heights)
        {
            _heights.TryRemove(height, out _);
        }
    }
}
