using System.Globalization;
using EnergyChain.Client;
using EnergyChain.Client.Units;
using EnergyChain.Contracts;
using EnergyChain.Contracts.Views;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Wallet.Cli.Output;

namespace EnergyChain.Wallet.Cli;

/// <summary>Places, accepts and takes back orders for the account in use.</summary>
internal sealed class OrderDesk(WalletContext context)
{
    public async Task<Report> PlaceAsync(OrderRequest request, CancellationToken cancellationToken)
    {
        Address account = context.Key().Address;
        MarketParameters market = await context.Market.GetParametersAsync(cancellationToken);
        uint site = await context.SiteAsync(request.Site, account, cancellationToken);
        ulong slot = await context.SlotAsync(request.Slot, market, cancellationToken);
        uint counterparty = request.To is { } to ? await PartnerAsync(to, cancellationToken) : 0;
        UInt256 locked = request.Kind == OrderKind.Buy
            ? market.EscrowFor(request.EnergyWh, request.PricePerKwh)
            : market.CollateralFor(request.EnergyWh);
        TransactionDraft draft = new()
        {
            To = EnergyMarketContract.Address,
            Value = locked,
            Data = request.Kind == OrderKind.Offer
                ? EnergyMarketContract.Offer(slot, site, request.EnergyWh, request.PricePerKwh, counterparty)
                : EnergyMarketContract.PlaceOrder(slot, site, request.Kind, request.EnergyWh, request.PricePerKwh),
        };
        SentTransaction sent = await new TransactionSender(context).SendAsync(
            draft, Facts(request, market, site, slot, counterparty, locked), cancellationToken);
        ulong? id = IdOf(sent);
        return SentReport.Of(
            sent,
            new
            {
                OrderId = id,
                request.Kind,
                Slot = slot,
                Site = site,
                Counterparty = counterparty,
                request.EnergyWh,
                request.PricePerKwh,
                Locked = locked,
            },
            $"{NameOf(request.Kind)}{(id is { } number ? " " + View.Number(number) : "")} in slot {slot}: "
            + $"{EnergyAmount.Format(request.EnergyWh)} at {View.Price(request.PricePerKwh)}, "
            + $"{View.Coin(locked)} locked");
    }

    public async Task<Report> AcceptAsync(
        ulong offerId, uint energyWh, uint? namedSite, CancellationToken cancellationToken)
    {
        Address account = context.Key().Address;
        MarketOrder offer = await FindAsync(offerId, cancellationToken);
        if (offer.Kind != OrderKind.Offer)
        {
            throw new WalletException(
                ExitCode.Refused, $"Order {offerId} is in the auction; only direct offers can be accepted.");
        }

        if (energyWh > offer.EnergyWh)
        {
            throw new WalletException(
                ExitCode.Refused,
                $"Offer {offerId} has {EnergyAmount.Format(offer.EnergyWh)} left; "
                + $"{EnergyAmount.Format(energyWh)} is more.");
        }

        uint site = await context.SiteAsync(namedSite, account, cancellationToken);
        MarketParameters market = await context.Market.GetParametersAsync(cancellationToken);
        UInt256 escrow = market.EscrowFor(energyWh, offer.PricePerKwh);
        TransactionDraft draft = new()
        {
            To = EnergyMarketContract.Address,
            Value = escrow,
            Data = EnergyMarketContract.AcceptOffer(offerId, site, energyWh),
        };
        SentTransaction sent = await new TransactionSender(context).SendAsync(
            draft,
            [
                ("accept", $"offer {offerId} of site {offer.Site}, {SlotText(offer.Slot, market)}"),
                ("energy", EnergyAmount.Format(energyWh)),
                ("price", $"{View.Price(offer.PricePerKwh)} and {View.Price(market.GridFeePerKwh)} grid fee"),
                ("escrow", View.Coin(escrow)),
            ],
            cancellationToken);
        return SentReport.Of(
            sent,
            new
            {
                TradeId = IdOf(sent),
                OfferId = offerId,
                offer.Slot,
                SellerSite = offer.Site,
                BuyerSite = site,
                EnergyWh = energyWh,
                offer.PricePerKwh,
                Escrow = escrow,
            },
            $"Bought {EnergyAmount.Format(energyWh)} of site {offer.Site} in slot {offer.Slot} at "
            + $"{View.Price(offer.PricePerKwh)}, {View.Coin(escrow)} in escrow");
    }

    public async Task<Report> CancelAsync(ulong orderId, CancellationToken cancellationToken)
    {
        MarketOrder order = await FindAsync(orderId, cancellationToken);
        MarketParameters market = await context.Market.GetParametersAsync(cancellationToken);
        UInt256 returned = order.Kind == OrderKind.Buy
            ? market.EscrowFor(order.EnergyWh, order.PricePerKwh)
            : market.CollateralFor(order.EnergyWh);
        TransactionDraft draft = new()
        {
            To = EnergyMarketContract.Address,
            Data = EnergyMarketContract.CancelOrder(orderId),
        };
        SentTransaction sent = await new TransactionSender(context).SendAsync(
            draft,
            [
                ("cancel", $"{NameOf(order.Kind).ToLowerInvariant()} {orderId}, {SlotText(order.Slot, market)}"),
                ("open", EnergyAmount.Format(order.EnergyWh)),
                ("returns", View.Coin(returned)),
            ],
            cancellationToken);
        return SentReport.Of(
            sent,
            new { OrderId = orderId, order.Slot, order.EnergyWh, Returned = returned },
            $"Cancelled order {orderId}: {View.Coin(returned)} came back");
    }

    private static string NameOf(OrderKind kind) => kind switch
    {
        OrderKind.Buy => "Buy order",
        OrderKind.Sell => "Sell order",
        _ => "Offer",
    };

    private static string SlotText(ulong slot, MarketParameters market) =>
        $"slot {slot} from {View.Time(new SlotTime(market.SlotSeconds).StartOf(slot))}";

    private static (string, string)[] Facts(
        OrderRequest request, MarketParameters market, uint site, ulong slot, uint counterparty, UInt256 locked) =>
    [
        (NameOf(request.Kind).ToLowerInvariant(), $"site {site}, {SlotText(slot, market)}"),
        ("energy", EnergyAmount.Format(request.EnergyWh)),
        (request.Kind switch { OrderKind.Buy => "at most", OrderKind.Sell => "at least", _ => "price" },
            View.Price(request.PricePerKwh)),
        .. request.Kind == OrderKind.Offer
            ? [("to", counterparty == 0 ? "any site" : $"site {counterparty} only")]
            : Array.Empty<(string, string)>(),
        (request.Kind == OrderKind.Buy ? "escrow" : "collateral", View.Coin(locked)),
    ];

    private static ulong? IdOf(SentTransaction sent) =>
        sent.Receipt is { } receipt && EnergyMarketContract.TryDecodeId(receipt.Output.Span, out ulong id) ? id : null;

    private async Task<MarketOrder> FindAsync(ulong id, CancellationToken cancellationToken) =>
        await context.Market.FindOrderAsync(id, cancellationToken)
        ?? throw new WalletException(
            ExitCode.Refused, $"Order {id} is not open: it was filled, cancelled or cleared, or there never was one.");

    private async Task<uint> PartnerAsync(string text, CancellationToken cancellationToken)
    {
        if (uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint site) && site > 0)
        {
            return site;
        }

        Address account = context.Resolve(text);
        return await context.Market.FindSiteAsync(account, cancellationToken)
            ?? throw new WalletException(
                ExitCode.Refused, $"{account} trades for none of the sites 1 to {MarketReader.MaxSearchedSites}.");
    }
}
