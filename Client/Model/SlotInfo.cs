using EnergyChain.Core.Numerics;

namespace EnergyChain.Client.Model;

/// <summary>A slot as the history has it. Energy in Wh, money in base units, prices per kWh.</summary>
public sealed record SlotInfo
{
    public required ulong Slot { get; init; }

    public required bool IsCleared { get; init; }

    public required bool IsSettled { get; init; }

    public required UInt256 ClearingPricePerKwh { get; init; }

    public required ulong ClearedWh { get; init; }

    /// <summary>Null where no tariff was published.</summary>
    public UInt256? RetailPerKwh { get; init; }

    public UInt256? FeedInPerKwh { get; init; }

    public required uint Orders { get; init; }

    public required ulong SoldWh { get; init; }

    public required ulong DeliveredWh { get; init; }

    public required UInt256 Paid { get; init; }

    public required UInt256 Fees { get; init; }

    public required UInt256 Compensation { get; init; }

    /// <summary>In the order they were made.</summary>
    public required IReadOnlyList<TradeInfo> Trades { get; init; }
}
