using EnergyChain.Client.Model;
using EnergyChain.Contracts;
using EnergyChain.Core.Primitives;
using static EnergyChain.Client.Rpc.AnswerFields;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Client.Rpc;

/// <summary>Messages of the history and site services as the client's own types.</summary>
internal static class HistoryReader
{
    public static TransferInfo Transfer(Proto.TransactionSummary summary) => new(
        Hash(summary.Id),
        new Height(summary.Height),
        new BlockTime(summary.TimeMs),
        Address(summary.Sender),
        OptionalAddress(summary.To),
        Amount(summary.Value),
        Amount(summary.Fee),
        summary.Succeeded)
    {
        GasUsed = new Gas(summary.GasUsed),
        Selector = summary.Selector,
        FeePayer = OptionalAddress(summary.FeePayer),
    };

    public static ErasedInfo Erased(Proto.ErasedRecord record) => new(
        Hash(record.TransactionId), record.Decision, new Height(record.Height), record.Sentence);

    /// <summary>An event of a stream, which says nothing of site and slot.</summary>
    public static EventInfo Event(Proto.Log log) => new(
        AnswerReader.Log(log),
        new Height(log.Height),
        new BlockTime(log.TimeMs),
        Hash(log.TransactionId),
        log.LogIndex);

    public static EventInfo Event(Proto.Event happening) => Event(happening.Log) with
    {
        Site = happening.HasSite ? happening.Site : null,
        Slot = happening.HasSlot ? happening.Slot : null,
    };

    public static OrderInfo Order(Proto.Order order) => new(
        order.Id,
        order.Slot,
        (OrderKind)(byte)order.Kind,
        Address(order.Account),
        order.Site,
        order.Counterparty,
        order.EnergyWh,
        order.FilledWh,
        Amount(order.PricePerKwh),
        Amount(order.Locked),
        Amount(order.Returned),
        (OrderState)(int)order.State,
        new Height(order.PlacedHeight))
    {
        PlacedTime = new BlockTime(order.PlacedTimeMs),
        TransactionId = Hash(order.TransactionId),
    };

    public static TradeInfo Trade(Proto.Trade trade) => new()
    {
        Id = trade.Id,
        Slot = trade.Slot,
        SellerSite = trade.SellerSite,
        BuyerSite = trade.BuyerSite,
        Seller = Address(trade.Seller),
        Buyer = Address(trade.Buyer),
        EnergyWh = trade.EnergyWh,
        PricePerKwh = Amount(trade.PricePerKwh),
        IsDirect = trade.BuyOrderId == 0,
        Height = new Height(trade.Height),
        Time = new BlockTime(trade.TimeMs),
        TransactionId = Hash(trade.TransactionId),
        BuyOrderId = trade.BuyOrderId,
        SellOrderId = trade.SellOrderId,
        Settlement = trade.Settlement is { } settlement ? Settlement(settlement) : null,
    };

    public static SlotInfo Slot(Proto.Slot slot) => new()
    {
        Slot = slot.Slot_,
        IsCleared = slot.Cleared,
        IsSettled = slot.Settled,
        ClearingPricePerKwh = Amount(slot.ClearingPricePerKwh),
        ClearedWh = slot.ClearedWh,
        RetailPerKwh = OptionalAmount(slot.RetailPerKwh),
        FeedInPerKwh = OptionalAmount(slot.FeedInPerKwh),
        Orders = slot.Orders,
        SoldWh = slot.SoldWh,
        DeliveredWh = slot.DeliveredWh,
        Paid = Amount(slot.Paid),
        Fees = Amount(slot.Fees),
        Compensation = Amount(slot.Compensation),
        Trades = [.. slot.Trades.Select(Trade)],
    };

    public static ReadingInfo Reading(Proto.Reading reading) => new(
        reading.Slot,
        Address(reading.Device),
        reading.Site,
        reading.ImportedWh,
        reading.ExportedWh,
        reading.ProducedWh,
        reading.ConsumedWh,
        reading.SocWh,
        reading.Late,
        new Height(reading.Height))
    {
        Time = new BlockTime(reading.TimeMs),
        TransactionId = Hash(reading.TransactionId),
    };

    public static SiteInfo Site(Proto.Site site) => new(
        site.Site_,
        site.Name,
        Address(site.Account),
        new BlockTime(site.ReadMs),
        site.HasProductionW ? site.ProductionW : null,
        site.HasConsumptionW ? site.ConsumptionW : null,
        site.HasGridW ? site.GridW : null,
        site.HasBatteryW ? site.BatteryW : null,
        site.HasSocWh ? site.SocWh : null,
        site.HasBatteryCapacityWh ? site.BatteryCapacityWh : null,
        [.. site.Devices.Select(Device)])
    {
        Records = site.Records is { } records ? Records(records) : null,
    };

    private static DeviceInfo Device(Proto.DeviceHealth device) => new(
        device.Name, device.Kind, device.Endpoint, device.State, device.Reason, new BlockTime(device.SinceMs))
    {
        Account = OptionalAddress(device.Address),
        LastGood = new BlockTime(device.LastGoodMs),
        Manufacturer = device.Manufacturer,
        Model = device.Model,
        SerialNumber = device.SerialNumber,
        PowerW = device.HasPowerW ? device.PowerW : null,
        InWh = device.HasInWh ? device.InWh : null,
        OutWh = device.HasOutWh ? device.OutWh : null,
        LastFault = device.LastFault,
        LastFaultAt = new BlockTime(device.LastFaultMs),
    };

    private static SiteRecordsInfo Records(Proto.SiteRecords records) => new(
        records.Missing,
        records.Waiting,
        records.Accepted,
        records.Failed,
        records.GivenUp,
        records.Refusals,
        [.. records.Recent.Select(static record => new SlotRecordInfo(
            record.Slot,
            record.Quality,
            record.UncertaintyWh,
            record.State,
            record.Reason,
            new BlockTime(record.SinceMs)))]);

    private static SettlementInfo Settlement(Proto.Settlement settlement) => new(
        settlement.DeliveredWh,
        settlement.ShortWh,
        settlement.SellerExportedWh,
        settlement.CertifiedWh,
        Amount(settlement.Paid),
        Amount(settlement.Fee),
        Amount(settlement.Compensation),
        Amount(settlement.EscrowReturned),
        Amount(settlement.CollateralReturned),
        new Height(settlement.Height));
}
