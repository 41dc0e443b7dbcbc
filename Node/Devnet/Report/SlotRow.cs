using System.Numerics;

namespace EnergyChain.Node.Devnet.Report;

/// <summary>A slot of the run over all sites. Prices in base units per kWh.</summary>
public sealed record SlotRow
{
    public required long Slot { get; init; }

    /// <summary>interval_start of the data row that the slot stands for.</summary>
    public required string Start { get; init; }

    public required BigInteger Retail { get; init; }

    public required BigInteger FeedIn { get; init; }

    /// <summary>The auction's price; 0 where it made no trade.</summary>
    public required BigInteger ClearingPrice { get; init; }

    /// <summary>Energy that the auction traded.</summary>
    public required long ClearedWh { get; init; }

    /// <summary>Orders and offers that were placed.</summary>
    public required int Orders { get; init; }

    public required int Trades { get; init; }

    public required long DeliveredWh { get; init; }

    /// <summary>Sites without an accepted record of the slot.</summary>
    public required int MissingRecords { get; init; }

    public required bool Settled { get; init; }
}
