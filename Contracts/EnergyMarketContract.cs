using EnergyChain.Contracts.Abi;
using EnergyChain.Contracts.Events;
using EnergyChain.Contracts.Views;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Contracts;

/// <summary>
/// The market at its fixed address: call data for transactions, queries for views, readers of events. Prices in
/// base units per kWh and multiples of 1000, energy in Wh. Thread-safe.
/// </summary>
public static class EnergyMarketContract
{
    public static Address Address { get; } = Address.FromNumber(0x1002);

    public static ContractArtifact Artifact { get; } = ContractArtifact.Load("EnergyMarket");

    /// <summary>Operator only: tariffs of consecutive slots whose gates are open.</summary>
    public static byte[] PublishTariffs(
        ulong firstSlot,
        IReadOnlyList<UInt256> retail,
        IReadOnlyList<UInt256> feedIn) => Call("publishTariffs", firstSlot, Numbers(retail), Numbers(feedIn));

    /// <summary>
    /// A buy or sell order. The transaction's value is exactly <see cref="MarketParameters.EscrowFor"/> for a buy and
    /// <see cref="MarketParameters.CollateralFor"/> for a sell order.
    /// </summary>
    public static byte[] PlaceOrder(ulong slot, uint site, OrderKind kind, uint energyWh, UInt256 limitPricePerKwh) =>
        Call("placeOrder", slot, (ulong)site, (ulong)kind, (ulong)energyWh, limitPricePerKwh);

    /// <summary>A direct offer to one site or to all (0); value: its collateral.</summary>
    public static byte[] Offer(ulong slot, uint site, uint energyWh, UInt256 pricePerKwh, uint counterparty = 0) =>
        Call("offer", slot, (ulong)site, (ulong)energyWh, pricePerKwh, (ulong)counterparty);

    /// <summary>Buys from an offer for a site; value: <see cref="MarketParameters.EscrowFor"/> at its price.</summary>
    public static byte[] AcceptOffer(ulong offerId, uint site, uint energyWh) =>
        Call("acceptOffer", offerId, (ulong)site, (ulong)energyWh);

    public static byte[] CancelOrder(ulong orderId) => Call("cancelOrder", orderId);

    public static byte[] Clear(ulong slot) => Call("clear", slot);

    public static byte[] Settle(ulong slot) => Call("settle", slot);

    /// <summary>Pays the sender's credit, left by a push that failed, to the recipient.</summary>
    public static byte[] Withdraw(Address recipient) => Call("withdraw", recipient);

    public static ContractQuery<MarketParameters> Parameters() =>
        Query("parameters", results => MarketParameters.Read(results[0]));

    public static ContractQuery<MarketOrder> OrderOf(ulong id) =>
        Query("orderOf", results => MarketOrder.Read(results[0]), id);

    public static ContractQuery<IReadOnlyList<MarketOrder>> OpenOrders(ulong slot, ulong offset, ulong limit) =>
        Query<IReadOnlyList<MarketOrder>>(
            "openOrders",
            results => [.. results[0].Items.Select(MarketOrder.Read)],
            slot,
            offset,
            limit);

    /// <summary>Trades of a slot that is not settled; later they are only in the events.</summary>
    public static ContractQuery<IReadOnlyList<MarketTrade>> TradesOf(ulong slot, ulong offset, ulong limit) =>
        Query<IReadOnlyList<MarketTrade>>(
            "tradesOf",
            results => [.. results[0].Items.Select(MarketTrade.Read)],
            slot,
            offset,
            limit);

    public static ContractQuery<SlotSummary> SummaryOf(ulong slot) =>
        Query("slotSummary", results => SlotSummary.Read(results[0]), slot);

    public static ContractQuery<SlotTariff> TariffOf(ulong slot) =>
        Query("tariffOf", results => SlotTariff.Read(results[0]), slot);

    public static ContractQuery<SitePosition> PositionOf(ulong slot, uint site) =>
        Query("positionOf", results => SitePosition.Read(results[0]), slot, (ulong)site);

    public static ContractQuery<ulong> LastSettledSlot() => Query("lastSettledSlot", results => results[0].AsUInt64);

    public static ContractQuery<UInt256> EscrowHeld() => Query("escrowHeld", results => results[0].AsUInt256);

    public static ContractQuery<UInt256> CollateralHeld() => Query("collateralHeld", results => results[0].AsUInt256);

    public static ContractQuery<UInt256> CreditOf(Address account) =>
        Query("creditOf", results => results[0].AsUInt256, account);

    /// <summary>The id that placeOrder and offer, or the trade id that acceptOffer returned.</summary>
    public static bool TryDecodeId(ReadOnlySpan<byte> returnData, out ulong id)
    {
        bool decoded = Artifact.Abi.Function("offer").TryDecodeResult(returnData, out IReadOnlyList<AbiValue> results);
        id = decoded ? results[0].AsUInt64 : 0;
        return decoded;
    }

    /// <summary>Reads a log whose address is <see cref="Address"/>.</summary>
    public static bool TryDecodeEvent(IReadOnlyList<Hash32> topics, ReadOnlySpan<byte> data, out MarketEvent? happening)
    {
        bool decoded = Artifact.Abi.TryDecodeEvent(topics, data, out string name, out IReadOnlyList<AbiValue> values);
        happening = decoded ? MarketEvent.Read(name, values) : null;
        return happening is not null;
    }

    private static byte[] Call(string name, params AbiValue[] arguments) =>
        Artifact.Abi.Function(name).EncodeCall(arguments);

    private static ContractQuery<T> Query<T>(
        string name,
        Func<IReadOnlyList<AbiValue>, T> read,
        params AbiValue[] arguments) => new(Artifact.Abi.Function(name), read, arguments);

    private static AbiValue[] Numbers(IReadOnlyList<UInt256> values) => [.. values.Select(value => (AbiValue)value)];
}
