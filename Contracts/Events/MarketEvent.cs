using EnergyChain.Contracts.Abi;
using EnergyChain.Contracts.Views;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Contracts.Events;

/// <summary>What EnergyMarket logs. The set is closed. Energy in Wh, money in base units, prices per kWh.</summary>
public abstract record MarketEvent
{
    private MarketEvent()
    {
    }

    public sealed record TariffPublished(ulong Slot, UInt256 RetailPerKwh, UInt256 FeedInPerKwh) : MarketEvent;

    public sealed record OrderPlaced(
        ulong Slot,
        ulong OrderId,
        uint Site,
        Address Account,
        OrderKind Kind,
        uint EnergyWh,
        UInt256 PricePerKwh,
        UInt256 Locked) : MarketEvent;

    public sealed record OfferPlaced(
        ulong Slot,
        ulong OfferId,
        uint Site,
        Address Account,
        uint Counterparty,
        uint EnergyWh,
        UInt256 PricePerKwh,
        UInt256 Locked) : MarketEvent;

    public sealed record OrderCancelled(ulong Slot, ulong OrderId, uint Site, uint EnergyWh, UInt256 Returned)
        : MarketEvent;

    /// <summary>At clearing: what of the order stayed unfilled and what went back at once.</summary>
    public sealed record OrderClosed(ulong Slot, ulong OrderId, uint Site, uint UnfilledWh, UInt256 Returned)
        : MarketEvent;

    /// <summary>BuyOrderId is 0 where an offer was accepted.</summary>
    public sealed record TradeMade(ulong Slot, ulong TradeId, ulong BuyOrderId, ulong SellOrderId, MarketTrade Trade)
        : MarketEvent;

    /// <summary>VolumeWh is of the auction; Trades counts direct trades too.</summary>
    public sealed record SlotCleared(ulong Slot, UInt256 PricePerKwh, ulong VolumeWh, ulong Trades) : MarketEvent;

    public sealed record ExportRecorded(ulong Slot, uint Site, ulong ExportedWh) : MarketEvent;

    public sealed record TradeSettled(ulong Slot, ulong TradeId, SettledTrade Line) : MarketEvent;

    public sealed record SlotSettled(ulong Slot, SettledSlot Sums) : MarketEvent;

    /// <summary>A push was refused; the account can withdraw the amount.</summary>
    public sealed record PaymentCredited(Address Account, UInt256 Amount) : MarketEvent;

    public sealed record CreditWithdrawn(Address Account, Address Recipient, UInt256 Amount) : MarketEvent;

    internal static MarketEvent? Read(string name, IReadOnlyList<AbiValue> v) => name switch
    {
        nameof(TariffPublished) => new TariffPublished(v[0].AsUInt64, v[1].AsUInt256, v[2].AsUInt256),
        nameof(OrderPlaced) => new OrderPlaced(
            v[0].AsUInt64,
            v[1].AsUInt64,
            v[2].AsUInt32,
            v[3].AsAddress,
            (OrderKind)v[4].AsByte,
            v[5].AsUInt32,
            v[6].AsUInt256,
            v[7].AsUInt256),
        nameof(OfferPlaced) => new OfferPlaced(
            v[0].AsUInt64,
            v[1].AsUInt64,
            v[2].AsUInt32,
            v[3].AsAddress,
            v[4].AsUInt32,
            v[5].AsUInt32,
            v[6].AsUInt256,
            v[7].AsUInt256),
        nameof(OrderCancelled) =>
            new OrderCancelled(v[0].AsUInt64, v[1].AsUInt64, v[2].AsUInt32, v[3].AsUInt32, v[4].AsUInt256),
        nameof(OrderClosed) =>
            new OrderClosed(v[0].AsUInt64, v[1].AsUInt64, v[2].AsUInt32, v[3].AsUInt32, v[4].AsUInt256),
        nameof(TradeMade) =>
            new TradeMade(v[0].AsUInt64, v[1].AsUInt64, v[2].AsUInt64, v[3].AsUInt64, MarketTrade.Read(v[4])),
        nameof(SlotCleared) => new SlotCleared(v[0].AsUInt64, v[1].AsUInt256, v[2].AsUInt64, v[3].AsUInt64),
        nameof(ExportRecorded) => new ExportRecorded(v[0].AsUInt64, v[1].AsUInt32, v[2].AsUInt64),
        nameof(TradeSettled) => new TradeSettled(v[0].AsUInt64, v[1].AsUInt64, SettledTrade.Read(v[2])),
        nameof(SlotSettled) => new SlotSettled(v[0].AsUInt64, SettledSlot.Read(v[1])),
        nameof(PaymentCredited) => new PaymentCredited(v[0].AsAddress, v[1].AsUInt256),
        nameof(CreditWithdrawn) => new CreditWithdrawn(v[0].AsAddress, v[1].AsAddress, v[2].AsUInt256),
        _ => null,
    };
}
