namespace EnergyChain.Devices.Meters;

/// <summary>The last edges and live points of a device, bounded. Not thread-safe.</summary>
internal sealed class EdgeHistory
{
    private const int MaximumEdges = 32;
    private const int MaximumPoints = 128;

    private readonly SortedDictionary<long, Edge> _edges = [];
    private readonly List<(long TimeMs, Edge Value)> _points = [];

    public Edge? Find(long slot) => _edges.TryGetValue(slot, out Edge edge) ? edge : null;

    public void Add(long slot, Edge edge)
    {
        _edges[slot] = edge;
        if (_edges.Count > MaximumEdges)
        {
            _edges.Remove(_edges.Keys.First());
        }
    }

    public void AddPoint(long timeMs, Edge value)
    {
        _points.Add((timeMs, value));
        if (_points.Count > MaximumPoints)
        {
            _points.RemoveAt(0);
        }
    }

    /// <summary>
    /// The totals at a moment between two live points of one epoch, on the straight line between them, rounded down.
    /// The truth lies between the two points, so the step between them bounds the error.
    /// </summary>
    public Edge? Interpolate(long timeMs, long longestBracketMs)
    {
        int after = _points.FindIndex(point => point.TimeMs >= timeMs);
        if (after < 0)
        {
            return null;
        }

        (long afterMs, Edge second) = _points[after];
        if (afterMs == timeMs)
        {
            return second;
        }

        if (after == 0)
        {
            return null;
        }

        (long beforeMs, Edge first) = _points[after - 1];
        if (first.Epoch != second.Epoch || afterMs - beforeMs > longestBracketMs)
        {
            return null;
        }

        long stepIn = second.TotalInMilliWh - first.TotalInMilliWh;
        long stepOut = second.TotalOutMilliWh - first.TotalOutMilliWh;
        return new Edge(
            first.TotalInMilliWh + Share(stepIn, timeMs - beforeMs, afterMs - beforeMs),
            first.TotalOutMilliWh + Share(stepOut, timeMs - beforeMs, afterMs - beforeMs),
            first.Epoch,
            second.StoredWh,
            Math.Max(stepIn, stepOut));
    }

    /// <summary>True when the live points on both sides of a moment belong to different epochs.</summary>
    public bool IsBroken(long timeMs)
    {
        int after = _points.FindIndex(point => point.TimeMs >= timeMs);
        return after > 0 && _points[after].Value.Epoch != _points[after - 1].Value.Epoch;
    }

    private static long Share(long step, long part, long whole) => (long)((Int128)step * part / whole);
}
