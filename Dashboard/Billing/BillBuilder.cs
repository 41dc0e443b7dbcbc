using System.Numerics;
using EnergyChain.Client.Model;
using EnergyChain.Core.Numerics;
using EnergyChain.Dashboard.History;
using EnergyChain.Market;
using EnergyChain.Market.Accounting;

namespace EnergyChain.Dashboard.Billing;

/// <summary>
/// Makes a site's bill from what the chain says, by the rules of <see cref="Bill"/>. Pure. A slot without a record is
/// in neither bill, since there is nothing to compare with; one whose trades are not settled is not yet.
/// </summary>
public static class BillBuilder
{
    /// <param name="site">The site.</param>
    /// <param name="metered">Its slots that have records.</param>
    /// <param name="trades">Its trades in them and in others.</param>
    /// <param name="tariffs">Published tariffs by slot.</param>
    /// <param name="rewards">Coin for production by slot; base units.</param>
    public static IReadOnlyList<BillLine> Lines(
        uint site,
        IReadOnlyDictionary<ulong, MeteredSlot> metered,
        IEnumerable<TradeInfo> trades,
        IReadOnlyDictionary<ulong, Tariff> tariffs,
        IReadOnlyDictionary<ulong, BigInteger> rewards)
    {
        ILookup<ulong, TradeInfo> bySlot = trades
            .Where(trade => trade.SellerSite == site || trade.BuyerSite == site)
            .ToLookup(trade => trade.Slot);
        return
        [
            .. metered.Keys
                .Union(bySlot.Select(slot => slot.Key))
                .Order()
                .Select(slot => Line(
                    slot,
                    site,
                    metered.TryGetValue(slot, out MeteredSlot measured) ? measured : null,
                    [.. bySlot[slot]],
                    tariffs.TryGetValue(slot, out Tariff tariff) ? tariff : null,
                    new Money(rewards.GetValueOrDefault(slot)))),
        ];
    }

    private static BillLine Line(
        ulong slot, uint site, MeteredSlot? metered, IReadOnlyList<TradeInfo> trades, Tariff? tariff, Money reward)
    {
        SiteSlot energy = Measured(metered) with { Rewards = reward };
        foreach (TradeInfo trade in trades)
        {
            energy = With(energy, trade, site);
        }

        // Delivered is at most what was metered: less means that not all devices' records are here.
        BillLineState state = metered is null || energy.Delivered > energy.Export ? BillLineState.NoRecord
            : trades.Any(trade => trade.Settlement is null) ? BillLineState.Open
            : BillLineState.Counted;
        bool isCounted = state == BillLineState.Counted;
        return new BillLine
        {
            Slot = slot,
            State = state,
            IsLate = metered is { IsLate: true },
            Energy = energy,
            Tariff = tariff,
            Without = isCounted ? Bill.WithoutMarket(energy, tariff.GetValueOrDefault()) : Bill.Empty,
            With = isCounted ? Bill.WithMarket(energy, tariff.GetValueOrDefault()) : Bill.Empty,
        };
    }

    // Production + import + discharge = load + export + charge: what is over on one side is what the battery moved.
    private static SiteSlot Measured(MeteredSlot? metered)
    {
        if (metered is not { } slot)
        {
            return new SiteSlot();
        }

        UInt128 into = (UInt128)slot.ProducedWh + slot.ImportedWh;
        UInt128 from = (UInt128)slot.ConsumedWh + slot.ExportedWh;
        return new SiteSlot
        {
            Load = new WattHours(slot.ConsumedWh),
            Production = new WattHours(slot.ProducedWh),
            Import = new WattHours(slot.ImportedWh),
            Export = new WattHours(slot.ExportedWh),
            StateOfCharge = new WattHours(slot.SocWh),
            Charge = Excess(into, from),
            Discharge = Excess(from, into),
        };
    }

    private static SiteSlot With(SiteSlot energy, TradeInfo trade, uint site)
    {
        WattHours traded = new(trade.EnergyWh);
        WattHours delivered = new(trade.Settlement?.DeliveredWh ?? 0);
        Money paid = Of(trade.Settlement?.Paid);
        Money compensation = Of(trade.Settlement?.Compensation);
        if (trade.SellerSite == site)
        {
            energy = energy with
            {
                Sold = energy.Sold + traded,
                Delivered = energy.Delivered + delivered,
                Earned = energy.Earned + paid,
                CompensationPaid = energy.CompensationPaid + compensation,
            };
        }

        if (trade.BuyerSite == site)
        {
            energy = energy with
            {
                Bought = energy.Bought + traded,
                Received = energy.Received + delivered,
                Paid = energy.Paid + paid,
                Fees = energy.Fees + Of(trade.Settlement?.Fee),
                CompensationReceived = energy.CompensationReceived + compensation,
            };
        }

        return energy;
    }

    private static WattHours Excess(UInt128 left, UInt128 right) =>
        new(left <= right ? 0 : (ulong)UInt128.Min(left - right, ulong.MaxValue));

    private static Money Of(UInt256? baseUnits) => new(baseUnits?.ToBigInteger() ?? BigInteger.Zero);
}
