using EnergyChain.Client.Model;
using EnergyChain.Client.Units;
using EnergyChain.Contracts;
using EnergyChain.Contracts.Views;
using EnergyChain.Core.Numerics;
using EnergyChain.Wallet.Cli.Output;

namespace EnergyChain.Wallet.Cli;

/// <summary>Shows the market: open book, orders, trades, settlements.</summary>
internal sealed class MarketViews(WalletContext context)
{
    public async Task<Report> BookAsync(string? slotText, CancellationToken cancellationToken)
    {
        MarketParameters market = await context.Market.GetParametersAsync(cancellationToken);
        ulong slot = await context.SlotAsync(slotText, market, cancellationToken);
        SlotSummary summary = await context.Market.GetSummaryAsync(slot, cancellationToken);
        IReadOnlyList<MarketOrder> orders = await context.Market.GetBookAsync(slot, cancellationToken);
        string phase = summary.Phase switch
        {
            SlotPhase.Open => "open",
            SlotPhase.GateClosed => "gate closed",
            SlotPhase.Cleared => "cleared",
            _ => "settled",
        };
        return new Report(
            new
            {
                Slot = slot,
                summary.Phase,
                GateClosure = summary.GateClosure,
                RetailPerKwh = summary.Tariff.IsPublished ? summary.Tariff.RetailPerKwh : (UInt256?)null,
                FeedInPerKwh = summary.Tariff.IsPublished ? summary.Tariff.FeedInPerKwh : (UInt256?)null,
                market.GridFeePerKwh,
                market.CollateralPerKwh,
                Orders = orders,
            },
            View.Pairs(
                ("slot", $"{slot}, from {View.Time(new SlotTime(market.SlotSeconds).StartOf(slot))}, {phase}"),
                ("gate", $"closes {View.Time(DateTimeOffset.FromUnixTimeSeconds((long)summary.GateClosure))}"),
                ("tariff", summary.Tariff.IsPublished
                    ? $"retail {View.Price(summary.Tariff.RetailPerKwh)}, feed-in "
                        + View.Price(summary.Tariff.FeedInPerKwh)
                    : "not published"),
                ("grid fee", View.Price(market.GridFeePerKwh))),
            View.Table(
                [">order", "kind", ">site", ">open", ">ENC/kWh", "for"],
                [.. orders.Select(order => new[]
                {
                    View.Number(order.Id), NameOf(order.Kind), View.Number(order.Site),
                    EnergyAmount.Format(order.EnergyWh), EnergyPrice.Format(order.PricePerKwh),
                    order.Counterparty == 0 ? "anybody" : $"site {order.Counterparty}",
                })],
                $"Slot {slot} has no open orders."));
    }

    public async Task<Report> OrderAsync(ulong id, CancellationToken cancellationToken)
    {
        MarketOrder order = await context.Market.FindOrderAsync(id, cancellationToken)
            ?? throw new WalletException(
                ExitCode.Refused, $"Order {id} is not open: it was filled, taken back, cleared, or never placed.");
        return new Report(
            order,
            View.Pairs(
                ("order", $"{View.Number(order.Id)}, {NameOf(order.Kind)}"),
                ("slot", View.Number(order.Slot)),
                ("account", order.Account.ToString()),
                ("site", View.Number(order.Site)),
                ("open", EnergyAmount.Format(order.EnergyWh)),
                ("price", View.Price(order.PricePerKwh)),
                ("for", order.Counterparty == 0 ? "anybody" : $"site {order.Counterparty}")));
    }

    public async Task<Report> OrdersAsync(HistoryFilter filter, CancellationToken cancellationToken)
    {
        PageOf<OrderInfo> page = await context.Node.ListOrdersAsync(
            await QueryAsync(filter, cancellationToken), cancellationToken);
        return new Report(
            new { Orders = page.Rows },
            View.Table(
                [">order", ">slot", "kind", ">site", ">energy", ">filled", ">ENC/kWh", "state", ">locked"],
                [.. page.Rows.Select(order => new[]
                {
                    View.Number(order.Id), View.Number(order.Slot), NameOf(order.Kind), View.Number(order.Site),
                    EnergyAmount.Format(order.EnergyWh), EnergyAmount.Format(order.FilledWh),
                    EnergyPrice.Format(order.PricePerKwh), order.State.ToString().ToLowerInvariant(),
                    View.Coin(order.Locked),
                })],
                "There are no such orders."));
    }

    public async Task<Report> TradesAsync(HistoryFilter filter, CancellationToken cancellationToken)
    {
        PageOf<TradeInfo> page = await context.Node.ListTradesAsync(
            await QueryAsync(filter, cancellationToken), cancellationToken);
        return new Report(
            new { Trades = page.Rows },
            View.Table(
                [">slot", ">seller", ">buyer", ">energy", ">ENC/kWh", "how", ">delivered", "time"],
                [.. page.Rows.Select(trade => new[]
                {
                    View.Number(trade.Slot), View.Number(trade.SellerSite), View.Number(trade.BuyerSite),
                    EnergyAmount.Format(trade.EnergyWh), EnergyPrice.Format(trade.PricePerKwh),
                    trade.IsDirect ? "direct" : "auction",
                    trade.Settlement is { } settled ? EnergyAmount.Format(settled.DeliveredWh) : "not settled",
                    View.Time(trade.Time),
                })],
                "There are no such trades."));
    }

    public async Task<Report> SettlementAsync(string slotText, CancellationToken cancellationToken)
    {
        MarketParameters market = await context.Market.GetParametersAsync(cancellationToken);
        ulong slot = await context.SlotAsync(slotText, market, cancellationToken);
        SlotInfo info = await context.Node.GetSlotAsync(slot, cancellationToken);
        string state = info.IsSettled ? "settled" : info.IsCleared ? "cleared, not settled" : "not cleared";
        return new Report(
            info,
            View.Pairs(
                ("slot", $"{slot}, from {View.Time(new SlotTime(market.SlotSeconds).StartOf(slot))}, {state}"),
                ("auction", info.ClearedWh == 0
                    ? "nothing cleared"
                    : $"{EnergyAmount.Format(info.ClearedWh)} at {View.Price(info.ClearingPricePerKwh)}"),
                ("sold", $"{EnergyAmount.Format(info.SoldWh)}, delivered {EnergyAmount.Format(info.DeliveredWh)}"),
                ("paid", $"{View.Coin(info.Paid)}, fees {View.Coin(info.Fees)}, "
                    + $"compensation {View.Coin(info.Compensation)}")),
            View.Table(
                [">seller", ">buyer", ">ENC/kWh", ">sold", ">metered", ">delivered", ">short", ">paid", ">fee",
                    ">compensation", ">refunded"],
                [.. info.Trades.Select(Line)],
                $"Nothing was traded in slot {slot}."));
    }

    private static string[] Line(TradeInfo trade) => trade.Settlement is not { } settled
        ?
        [
            View.Number(trade.SellerSite), View.Number(trade.BuyerSite), EnergyPrice.Format(trade.PricePerKwh),
            EnergyAmount.Format(trade.EnergyWh), "-", "-", "-", "-", "-", "-", "-",
        ]
        :
        [
            View.Number(trade.SellerSite), View.Number(trade.BuyerSite), EnergyPrice.Format(trade.PricePerKwh),
            EnergyAmount.Format(trade.EnergyWh), EnergyAmount.Format(settled.SellerExportedWh),
            EnergyAmount.Format(settled.DeliveredWh), EnergyAmount.Format(settled.ShortWh),
            CoinAmount.Format(settled.Paid), CoinAmount.Format(settled.Fee),
            CoinAmount.Format(settled.Compensation), CoinAmount.Format(settled.EscrowReturned),
        ];

    private static string NameOf(OrderKind kind) => kind switch
    {
        OrderKind.Buy => "buy",
        OrderKind.Sell => "sell",
        OrderKind.Offer => "offer",
        _ => "none",
    };

    private async Task<HistoryQuery> QueryAsync(HistoryFilter filter, CancellationToken cancellationToken) => new()
    {
        Site = filter.Site,
        Account = filter.Account,
        OpenOnly = filter.OpenOnly,
        PageSize = filter.Rows,
        Slot = filter.Slot is null
            ? null
            : await context.SlotAsync(
                filter.Slot, await context.Market.GetParametersAsync(cancellationToken), cancellationToken),
    };
}
