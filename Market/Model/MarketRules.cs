namespace EnergyChain.Market.Model;

/// <summary>The parameters and limits of a market, as genesis and the contract's code fix them.</summary>
public sealed record MarketRules
{
    public required SlotSchedule Schedule { get; init; }

    /// <summary>Delivery time that a slot stands for, in seconds.</summary>
    public required ulong EnergySlotSeconds { get; init; }

    public required PricePerKwh GridFee { get; init; }

    public required PricePerKwh Collateral { get; init; }

    public required RewardSchedule Rewards { get; init; }

    public required AccountId Operator { get; init; }

    public required AccountId GridAccount { get; init; }

    public int MaxOrdersPerSlot { get; init; } = 512;

    public int MaxOrdersPerSite { get; init; } = 16;

    public int MaxDirectTradesPerSlot { get; init; } = 256;

    public int MaxDirectTradesPerSite { get; init; } = 16;

    public ulong MaxSlotsAhead { get; init; } = 1024;

    public WattHours MaxEnergy { get; init; } = new(1_000_000_000);

    public PricePerKwh MaxPrice { get; init; } = new(UInt128.Parse("1000000000000000000000000"));
}
