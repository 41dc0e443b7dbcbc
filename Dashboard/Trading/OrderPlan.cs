using System.Numerics;
using EnergyChain.Client;
using EnergyChain.Contracts;
using EnergyChain.Contracts.Views;
using EnergyChain.Core.Numerics;
using EnergyChain.Market;

namespace EnergyChain.Dashboard.Trading;

/// <summary>
/// An order that somebody is about to place, with what it locks and what can come of it. Pure; money in base units,
/// gas apart.
/// </summary>
/// <param name="Kind">Buy, sell or a direct offer to all.</param>
/// <param name="Slot">Slot of delivery.</param>
/// <param name="Site">The site that trades.</param>
/// <param name="EnergyWh">Energy.</param>
/// <param name="PricePerKwh">Limit or price.</param>
public sealed record OrderPlan(OrderKind Kind, ulong Slot, uint Site, uint EnergyWh, UInt256 PricePerKwh)
{
    public bool IsBuy => Kind == OrderKind.Buy;

    public TransactionDraft Draft(MarketParameters market) => new()
    {
        To = EnergyMarketContract.Address,
        Value = Locked(market),
        Data = Kind == OrderKind.Offer
            ? EnergyMarketContract.Offer(Slot, Site, EnergyWh, PricePerKwh)
            : EnergyMarketContract.PlaceOrder(Slot, Site, Kind, EnergyWh, PricePerKwh),
    };

    /// <summary>Leaves the account with the order; what is not used comes back.</summary>
    public UInt256 Locked(MarketParameters market) =>
        IsBuy ? market.EscrowFor(EnergyWh, PricePerKwh) : market.CollateralFor(EnergyWh);

    /// <summary>
    /// Buying: all of it at the limit. Selling: nothing delivered, so that the collateral makes the buyer whole, up to
    /// the retail tariff where one is published.
    /// </summary>
    public BigInteger Worst(MarketParameters market, SlotTariff tariff)
    {
        BigInteger locked = Locked(market).ToBigInteger();
        if (IsBuy)
        {
            return -locked;
        }

        // Without a published tariff nothing is compensated, but one can still be published until the gate closes.
        BigInteger loss = tariff.IsPublished
            ? EnergyWh * BigInteger.Max(0, tariff.RetailPerKwh.ToBigInteger() - PricePerKwh.ToBigInteger()) / 1_000
            : locked;
        return -BigInteger.Min(loss, locked);
    }

    /// <summary>
    /// Selling: all of it at the price or limit, delivered. Buying: what it saves against the retail tariff at the
    /// limit, null where none is published or nothing would be saved.
    /// </summary>
    public BigInteger? Best(MarketParameters market, SlotTariff tariff)
    {
        if (!IsBuy)
        {
            return EnergyWh * PricePerKwh.ToBigInteger() / 1_000;
        }

        BigInteger saved = (tariff.RetailPerKwh.ToBigInteger() * EnergyWh / 1_000) - Locked(market).ToBigInteger();
        return tariff.IsPublished && saved.Sign > 0 ? saved : null;
    }

    /// <summary>What the auction would give it if the gate closed now.</summary>
    public (WattHours Energy, PricePerKwh Price) Now(BookDepth book)
    {
        BookDepth with = book.With(IsBuy, new WattHours(EnergyWh), BookDepth.Price(PricePerKwh));
        return (with.Clearing.FilledOf(ulong.MaxValue), with.Clearing.Price);
    }
}
