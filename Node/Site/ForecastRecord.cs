namespace EnergyChain.Node.Site;

/// <summary>
/// How well a site's forecasts held: for each side, what share of the energy that was forecast the grid meter then saw.
/// From it comes how much of a forecast to trade. Bounded; not thread-safe.
/// </summary>
public sealed class ForecastRecord
{
    /// <summary>Shares that are kept a side, the newest.</summary>
    public const int Kept = 24;

    /// <summary>Forecasts that wait for their slot to be measured.</summary>
    public const int MaxPending = 64;

    // Before there is a record: nothing, half and all came about equally often.
    private static readonly int[] Prior = [0, 500, 1_000];

    private readonly SortedDictionary<long, long> _pending = [];
    private readonly Dictionary<OrderSide, Queue<int>> _permille = new()
    {
        [OrderSide.Buy] = new Queue<int>(),
        [OrderSide.Sell] = new Queue<int>(),
    };

    /// <summary>Keeps a forecast until its slot is measured; export positive, import negative.</summary>
    public void Remember(long slot, long netExportWh)
    {
        _pending[slot] = netExportWh;
        if (_pending.Count > MaxPending)
        {
            _pending.Remove(_pending.First().Key);
        }
    }

    /// <summary>Holds the remembered forecasts against what was measured since.</summary>
    public void Measure(SlotHistory history)
    {
        long newest = history.Latest?.Slot ?? long.MinValue;
        foreach (long slot in _pending.Keys.Where(slot => slot <= newest).ToArray())
        {
            if (history.TryGet(slot, out SlotEnergy energy) && energy.NetExportWh is { } measuredWh)
            {
                Add(_pending[slot], measuredWh);
            }

            _pending.Remove(slot);
        }
    }

    /// <summary>
    /// The share, in permille, that <paramref name="quantilePermille"/> of past forecasts of the side fell short of.
    /// </summary>
    public int SharePermille(OrderSide side, int quantilePermille)
    {
        int[] shares = [.. _permille[side].Concat(Prior).Order()];
        return shares[Math.Min(shares.Length - 1, shares.Length * quantilePermille / 1_000)];
    }

    private void Add(long forecastWh, long measuredWh)
    {
        if (forecastWh == 0)
        {
            return;
        }

        // What came on the other side of zero is none of the forecast energy; more than forecast is all of it.
        bool sameSide = Math.Sign(forecastWh) == Math.Sign(measuredWh);
        long share = sameSide ? Math.Abs(measuredWh) * 1_000 / Math.Abs(forecastWh) : 0;
        Queue<int> shares = _permille[forecastWh > 0 ? OrderSide.Sell : OrderSide.Buy];
        shares.Enqueue((int)Math.Min(share, 1_000));
        if (shares.Count > Kept)
        {
            shares.Dequeue();
        }
    }
}
