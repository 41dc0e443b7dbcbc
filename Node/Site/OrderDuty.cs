using EnergyChain.Contracts;
using EnergyChain.Contracts.Views;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Site;

/// <summary>Places a site's order for a coming slot. Used by one caller at a time.</summary>
public sealed class OrderDuty(
    SiteIdentity site,
    ContractReader contracts,
    TransactionSender sender,
    SlotHistory history,
    NetForecaster forecaster,
    OrderPlanner planner,
    ForecastRecord record,
    MarketParameters market,
    ILogger<OrderDuty> logger)
{
    /// <summary>
    /// A site whose meters have said nothing for so many slots does not trade: it could prove nothing.
    /// </summary>
    public const int MaxBlindSlots = 3;

    private static readonly Gas OrderGas = new(1_000_000);

    /// <summary>
    /// Places the order for <paramref name="slot"/> where the tariff is published and there is something to gain.
    /// </summary>
    /// <param name="slot">A slot whose gate is open.</param>
    /// <param name="current">The slot that has just begun.</param>
    /// <param name="storedWh">In the battery at the end of the newest measured slot.</param>
    public async Task PlaceAsync(long slot, long current, long storedWh)
    {
        if (history.Latest is not { } latest || latest.Slot < current - 1 - MaxBlindSlots)
        {
            return;
        }

        SlotTariff tariff = contracts.Ask(EnergyMarketContract.Address, EnergyMarketContract.TariffOf((ulong)slot));
        if (!tariff.IsPublished)
        {
            return;
        }

        PriceRange range = PriceRange.Of(
            tariff.RetailPerKwh.ToBigInteger(),
            tariff.FeedInPerKwh.ToBigInteger(),
            market.GridFeePerKwh.ToBigInteger());
        record.Measure(history);
        long netExportWh = forecaster.NetExportWh(slot, storedWh);
        record.Remember(slot, netExportWh);
        if (planner.Plan(site.Id, slot, netExportWh, range) is not { } draft)
        {
            return;
        }

        SentTransaction sent = await sender.SendAsync(Draft(slot, draft));
        TransactionOutcomes.Report(logger, site.Options.Name, sent);
    }

    private TransactionDraft Draft(long slot, OrderDraft order)
    {
        UInt256 limit = UInt256.FromBigInteger(order.LimitPerKwh);
        OrderKind kind = order.Side == OrderSide.Buy ? OrderKind.Buy : OrderKind.Sell;
        UInt256 locked = order.Side == OrderSide.Buy
            ? market.EscrowFor(order.EnergyWh, limit)
            : market.CollateralFor(order.EnergyWh);
        return new TransactionDraft(
            $"{kind} order for slot {slot}",
            site.Account,
            null,
            EnergyMarketContract.Address,
            locked,
            EnergyMarketContract.PlaceOrder((ulong)slot, site.Id, kind, order.EnergyWh, limit),
            OrderGas);
    }
}
