using EnergyChain.Contracts.Genesis;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Contracts.Tests.Chain;

/// <summary>
/// A small community with round numbers: slots of 10 s that stand for an hour, gate 5 s before, report window 12 s;
/// grid fee 20, collateral 100, reward 8 thousand base units per kWh.
/// </summary>
internal static class Community
{
    public const uint Sites = 5;
    public const ulong SlotSeconds = 10;
    public const ulong GateLeadSeconds = 5;
    public const ulong ReportWindowSeconds = 12;
    public const uint RatedPowerW = 5000;
    public const ulong StartSeconds = 1_000;

    public static Address Operator { get; } = Address.FromNumber(0xA0);

    public static Address Grid { get; } = Address.FromNumber(0xA1);

    public static Address Stranger { get; } = Address.FromNumber(0xA2);

    public static UInt256 Wealth { get; } = UInt256.FromBigInteger(System.Numerics.BigInteger.Pow(10, 36));

    /// <summary>The account of site 1 to <see cref="Sites"/>.</summary>
    public static Address Account(uint site) => Address.FromNumber(0xB000 + site);

    /// <summary>The meter of a site.</summary>
    public static Address Meter(uint site) => Address.FromNumber(0xC000 + site);

    public static UInt256 Price(ulong thousands) => thousands * 1000;

    public static GenesisContractParameters Parameters(uint sites = Sites) => new()
    {
        SlotSeconds = SlotSeconds,
        EnergySlotSeconds = 3600,
        GateLeadSeconds = GateLeadSeconds,
        ReportWindowSeconds = ReportWindowSeconds,
        GridFeePerKwh = Price(20),
        CollateralPerKwh = Price(100),
        RewardPerKwh = Price(8),
        HalvingThresholdsWh = [10_000, 30_000],
        IssuanceReserve = 300_000,
        Operator = Operator,
        GridAccount = Grid,
        Sites = [.. Numbers(sites).Select(site => new GenesisSite(site, Account(site)))],
        Devices =
        [
            .. Numbers(sites).Select(site =>
                new GenesisDevice(Meter(site), site, RatedPowerW, (EnergySource)((site - 1) % 4))),
        ],
    };

    public static TestChain Start(uint sites = Sites)
    {
        TestChain chain = new(Parameters(sites)) { Now = StartSeconds };
        foreach (Address account in Numbers(sites).Select(Account).Append(Stranger).Append(Operator))
        {
            chain.State.Put(account, Wealth, []);
        }

        return chain;
    }

    /// <summary>A record of the slot whose counters follow from its sequence: 5 kWh a slot.</summary>
    public static MeterRecord Record(ulong slot, ulong sequence, ulong exported = 0, ulong produced = 0) => new(
        slot,
        0,
        exported,
        produced,
        0,
        0,
        sequence * RatedPowerW,
        sequence * RatedPowerW,
        sequence * RatedPowerW,
        sequence,
        default);

    private static IEnumerable<uint> Numbers(uint sites) => Enumerable.Range(1, (int)sites).Select(k => (uint)k);
}
