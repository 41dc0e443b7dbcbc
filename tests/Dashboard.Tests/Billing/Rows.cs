using System.Numerics;
using EnergyChain.Client.Model;
using EnergyChain.Contracts.Abi;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Tests.Api;

namespace EnergyChain.Dashboard.Tests.Billing;

/// <summary>Rows of a history, and the events that they come from. Slots take a minute.</summary>
internal static class Rows
{
    public const ulong SlotSeconds = 60;

    /// <summary>The first slot of the fake clock's day.</summary>
    public const ulong FirstSlot = 1_779_926_400 / SlotSeconds;

    public static BlockTime EndOf(ulong slot) => new((slot + 1) * SlotSeconds * 1_000);

    public static Height HeightOf(ulong slot) => new(slot + 10 - FirstSlot);

    public static UInt256 Big(BigInteger value) => UInt256.FromBigInteger(value);

    public static ReadingInfo Reading(
        ulong slot, uint site, ulong imported, ulong exported, ulong produced, ulong consumed, bool isLate = false) =>
        new(
            slot,
            Address.FromNumber(100 + site),
            site,
            imported,
            exported,
            produced,
            consumed,
            50,
            isLate,
            HeightOf(slot))
        {
            Time = EndOf(slot),
        };

    public static TradeInfo Trade(
        ulong slot,
        ulong place,
        uint seller,
        uint buyer,
        ulong energyWh,
        BigInteger price,
        SettlementInfo? settlement) => new()
        {
            Id = (slot << 16) | place,
            Slot = slot,
            SellerSite = seller,
            BuyerSite = buyer,
            Seller = Address.FromNumber(seller),
            Buyer = Address.FromNumber(buyer),
            EnergyWh = energyWh,
            PricePerKwh = Big(price),
            IsDirect = false,
            Height = HeightOf(slot),
            Time = new BlockTime(slot * SlotSeconds * 1_000),
            Settlement = settlement,
        };

    public static SettlementInfo Settled(
        ulong soldWh, ulong deliveredWh, BigInteger price, BigInteger fee, BigInteger compensation) => new(
        deliveredWh,
        soldWh - deliveredWh,
        deliveredWh,
        0,
        Big(deliveredWh * price / 1_000),
        Big(deliveredWh * fee / 1_000),
        Big(compensation),
        UInt256.Zero,
        UInt256.Zero,
        new Height(99));

    public static LogEntry TariffLog(ulong slot, ulong retail, ulong feedIn) =>
        TestEvents.Market("TariffPublished", slot, retail, feedIn);

    public static LogEntry RecordLog(ReadingInfo reading)
    {
        AbiValue[] record =
        [
            reading.Slot, reading.ImportedWh, reading.ExportedWh, reading.ProducedWh, reading.ConsumedWh, reading.SocWh,
            0UL, 0UL, 0UL, reading.Slot, Hash32.Zero,
        ];
        return TestEvents.Registry(
            "RecordAccepted", reading.Slot, reading.Device, (ulong)reading.Site, record, reading.IsLate);
    }

    public static LogEntry RewardLog(ulong slot, uint site, ulong amount) =>
        TestEvents.Registry("RewardPaid", slot, Address.FromNumber(site), (ulong)site, 1UL, amount);

    public static LogEntry SettledLog(TradeInfo trade)
    {
        SettlementInfo settled = trade.Settlement!;
        AbiValue[] line =
        [
            (ulong)trade.SellerSite, (ulong)trade.BuyerSite, trade.EnergyWh, settled.DeliveredWh, settled.ShortWh,
            settled.SellerExportedWh, settled.CertifiedWh, trade.PricePerKwh, settled.Paid, settled.Fee,
            settled.Compensation, settled.EscrowReturned, settled.CollateralReturned,
        ];
        return TestEvents.Market("TradeSettled", trade.Slot, trade.Id, line);
    }

    /// <summary>An event as the node's index gives it.</summary>
    public static EventInfo Event(LogEntry log, string name, ulong slot, uint? site = null) => new(
        new LogInfo(log.Address, name, log.Topics, log.Data), HeightOf(slot), EndOf(slot), Hash32.Zero, 0, site, slot);
}
