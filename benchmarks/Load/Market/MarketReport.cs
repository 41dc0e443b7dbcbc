namespace EnergyChain.Benchmarks.Load.Market;

/// <summary>What became of the market in a run.</summary>
internal sealed record MarketReport
{
    /// <summary>Orders in blocks.</summary>
    public required long Orders { get; init; }

    /// <summary>Those that the contract took.</summary>
    public required long PlacedOrders { get; init; }

    public required long ClearedSlots { get; init; }

    public required long Trades { get; init; }

    public required long SettledSlots { get; init; }

    /// <summary>Of the trades of settled slots.</summary>
    public required ulong SoldWh { get; init; }

    public required ulong DeliveredWh { get; init; }
}
