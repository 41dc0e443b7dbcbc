using System.Numerics;

namespace EnergyChain.Node.Devnet.Report;

/// <summary>What the chain's events say of one slot. Prices in base units per kWh.</summary>
public sealed record SlotFacts
{
    public static readonly SlotFacts None = new();

    public BigInteger Retail { get; init; }

    public BigInteger FeedIn { get; init; }

    public BigInteger ClearingPrice { get; init; }

    public long ClearedWh { get; init; }

    public int Orders { get; init; }

    /// <summary>Orders and offers that were taken back.</summary>
    public int Cancelled { get; init; }

    public int Trades { get; init; }

    public long DeliveredWh { get; init; }

    public bool HasTariff { get; init; }

    public bool IsCleared { get; init; }

    public bool IsSettled { get; init; }

    /// <summary>Whether orders or trades of the slot hold money, as far as events tell.</summary>
    public bool HoldsMoney => !IsSettled && (Trades > 0 || Orders > Cancelled);
}
