using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Contracts.Genesis;

/// <summary>The market parameters of a chain. Times in seconds, money in base units (10^-18 ENC), per kWh.</summary>
public sealed record GenesisContractParameters
{
    /// <summary>Length of a slot on the chain's clock.</summary>
    public ulong SlotSeconds { get; init; } = 900;

    /// <summary>
    /// Delivery time that a slot stands for: <see cref="SlotSeconds"/> on a real chain, 3600 in a demo whose slots
    /// are squeezed hours. Rated power x this is the most a meter may report.
    /// </summary>
    public ulong EnergySlotSeconds { get; init; } = 900;

    /// <summary>How long before a slot starts its orders close.</summary>
    public ulong GateLeadSeconds { get; init; } = 300;

    /// <summary>How long after a slot ends its records still count.</summary>
    public ulong ReportWindowSeconds { get; init; } = 900;

    /// <summary>What a buyer pays to the grid account; a multiple of 1000.</summary>
    public UInt256 GridFeePerKwh { get; init; } = 20_000_000_000_000_000;

    /// <summary>What a seller locks; a multiple of 1000.</summary>
    public UInt256 CollateralPerKwh { get; init; } = 100_000_000_000_000_000;

    /// <summary>What a kWh of renewable production earns before the first halving.</summary>
    public UInt256 RewardPerKwh { get; init; } = 10_000_000_000_000_000;

    /// <summary>Up to eight cumulative energies, ascending, at which the reward halves.</summary>
    public IReadOnlyList<ulong> HalvingThresholdsWh { get; init; } =
        [1_000_000_000_000, 2_000_000_000_000, 4_000_000_000_000, 8_000_000_000_000];

    /// <summary>The registry's own balance, which rewards are paid from.</summary>
    public UInt256 IssuanceReserve { get; init; }

    /// <summary>Registers sites and devices, publishes tariffs.</summary>
    public Address Operator { get; init; }

    /// <summary>Receives the grid fees.</summary>
    public Address GridAccount { get; init; }

    public IReadOnlyList<GenesisSite> Sites { get; init; } = [];

    public IReadOnlyList<GenesisDevice> Devices { get; init; } = [];

    /// <summary>Throws <see cref="ArgumentException"/> that names parameter, value and what is allowed.</summary>
    public void Validate()
    {
        Require(SlotSeconds is >= 1 and <= 86_400, nameof(SlotSeconds), SlotSeconds, "1 to 86400");
        Require(EnergySlotSeconds is >= 1 and <= 86_400, nameof(EnergySlotSeconds), EnergySlotSeconds, "1 to 86400");
        Require(GateLeadSeconds <= 86_400, nameof(GateLeadSeconds), GateLeadSeconds, "0 to 86400");
        Require(
            ReportWindowSeconds is >= 1 and <= 604_800,
            nameof(ReportWindowSeconds),
            ReportWindowSeconds,
            "1 to 604800");
        RequirePrice(GridFeePerKwh, nameof(GridFeePerKwh));
        RequirePrice(CollateralPerKwh, nameof(CollateralPerKwh));
        Require(RewardPerKwh <= MarketLimits.MaxPricePerKwh, nameof(RewardPerKwh), RewardPerKwh, "at most 10^24");
        Require(
            HalvingThresholdsWh.Count <= MarketLimits.MaxHalvings,
            nameof(HalvingThresholdsWh),
            HalvingThresholdsWh.Count,
            "at most 8 entries");
        Require(
            HalvingThresholdsWh.Prepend(0UL).Zip(HalvingThresholdsWh).All(pair => pair.First < pair.Second),
            nameof(HalvingThresholdsWh),
            string.Join(", ", HalvingThresholdsWh),
            "positive and ascending");
        Require(!Operator.IsZero, nameof(Operator), Operator, "not the zero address");
        Require(!GridAccount.IsZero, nameof(GridAccount), GridAccount, "not the zero address");
        ValidateSites();
    }

    private static void RequirePrice(UInt256 price, string name)
    {
        bool onStep = (price.ToBigInteger() % MarketLimits.PriceStep).IsZero;
        Require(onStep && price <= MarketLimits.MaxPricePerKwh, name, price, "a multiple of 1000, at most 10^24");
    }

    private static void Require(bool holds, string name, object value, string allowed)
    {
        if (!holds)
        {
            throw new ArgumentException($"{name} is {value}; allowed: {allowed}.", name);
        }
    }

    private void ValidateSites()
    {
        HashSet<uint> sites = [];
        foreach (GenesisSite site in Sites)
        {
            Require(site.Site != 0, nameof(Sites), site, "a site number above 0");
            Require(!site.Account.IsZero, nameof(Sites), site, "an account that is not zero");
            Require(sites.Add(site.Site), nameof(Sites), site, "each site once");
        }

        HashSet<Address> devices = [];
        foreach (GenesisDevice device in Devices)
        {
            Require(!device.Device.IsZero, nameof(Devices), device, "an address that is not zero");
            Require(devices.Add(device.Device), nameof(Devices), device, "each device once");
            Require(sites.Contains(device.Site), nameof(Devices), device, "a site of this genesis");
            Require(device.RatedPowerW != 0, nameof(Devices), device, "a rated power above 0");
            Require(device.Source <= EnergySource.Hydro, nameof(Devices), device, "a source of 0 to 3");
        }
    }
}
