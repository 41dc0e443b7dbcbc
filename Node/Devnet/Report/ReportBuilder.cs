using System.Globalization;
using System.Numerics;

namespace EnergyChain.Node.Devnet.Report;

/// <summary>Builds a run's report from what the chain holds. Pure.</summary>
public static class ReportBuilder
{
    public static RunReport Build(ReportInputs inputs)
    {
        List<SiteSlotRow> siteSlots = [];
        List<SiteRow> sites = [];
        foreach (ReportSite site in inputs.Sites)
        {
            SiteSums sums = new();
            for (int i = 0; i < inputs.SlotCount; i++)
            {
                long slot = inputs.FirstSlot + i;
                RecordFacts? record = inputs.History.Record(slot, site.Id);
                SiteMoney money = inputs.History.Money(slot, site.Id);
                sums.Add(record, money, inputs.History.Slot(slot));
                siteSlots.Add(SiteSlot(slot, site, record, money));
            }

            sites.Add(sums.ToRow(site, inputs.History.GasPaid(site.Account)));
        }

        RunReport report = new()
        {
            Chain = inputs.Chain,
            Parameters = inputs.Parameters,
            Slots = [.. Enumerable.Range(0, inputs.SlotCount).Select(i => Slot(inputs, inputs.FirstSlot + i))],
            SiteSlots = [.. siteSlots.OrderBy(row => row.Slot)],
            Sites = sites,
            Totals = Totals(inputs, sites),
            Faults = inputs.Faults,
            Discrepancies = [],
        };
        IReadOnlyList<string> discrepancies = ReportCheck.Run(
            report,
            inputs.RewardsBefore,
            inputs.History.Rewards,
            isAllSettled: inputs.IsComplete && report.Totals.OpenSlotsOutside == 0);
        return report with { Discrepancies = discrepancies };
    }

    private static SlotRow Slot(ReportInputs inputs, long slot)
    {
        SlotFacts facts = inputs.History.Slot(slot);
        return new SlotRow
        {
            Slot = slot,
            Start = inputs.Calendar.StartOf(slot).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture),
            Retail = facts.Retail,
            FeedIn = facts.FeedIn,
            ClearingPrice = facts.ClearingPrice,
            ClearedWh = facts.ClearedWh,
            Orders = facts.Orders,
            Trades = facts.Trades,
            DeliveredWh = facts.DeliveredWh,
            MissingRecords = inputs.Sites.Count(
                site => site.IsMetered && inputs.History.Record(slot, site.Id) is null),
            Settled = facts.IsSettled,
        };
    }

    private static SiteSlotRow SiteSlot(long slot, ReportSite site, RecordFacts? record, SiteMoney money) => new()
    {
        Slot = slot,
        Home = site.Home,
        Record = record is null ? "missing" : record.IsLate ? "late" : "ok",
        LoadWh = record?.Energy.LoadWh,
        PvWh = record?.Energy.PvWh,
        ChargeWh = record?.Energy.ChargeWh,
        DischargeWh = record?.Energy.DischargeWh,
        SocWh = record?.Energy.SocWh,
        ImportWh = record?.Energy.ImportWh,
        ExportWh = record?.Energy.ExportWh,
        SoldWh = money.SoldWh,
        BoughtWh = money.BoughtWh,
        DeliveredWh = money.DeliveredWh,
        ReceivedWh = money.ReceivedWh,
        Paid = money.Paid,
        Earned = money.Earned,
        CompensationPaid = money.CompensationPaid,
        CompensationReceived = money.CompensationReceived,
        Fees = money.Fees,
        Rewards = money.Rewards,
    };

    private static TotalsSection Totals(ReportInputs inputs, List<SiteRow> sites)
    {
        long load = sites.Sum(site => site.LoadWh);
        long pv = sites.Sum(site => site.PvWh);
        long import = sites.Sum(site => site.ImportWh);
        long export = sites.Sum(site => site.ExportWh);
        long delivered = sites.Sum(site => site.DeliveredWh);
        long received = sites.Sum(site => site.ReceivedWh);
        BigInteger without = Sum(sites, site => site.BillWithoutMarket);
        BigInteger with = Sum(sites, site => site.BillWithMarket);
        return new TotalsSection
        {
            SupplyBefore = inputs.Before.Circulating,
            SupplyAfter = inputs.After.Circulating,
            EscrowLeft = inputs.After.Escrow,
            CollateralLeft = inputs.After.Collateral,
            MarketBalanceLeft = inputs.After.MarketBalance,
            OpenSlotsOutside = inputs.History.OpenSlotsOutside(
                inputs.FirstSlot, inputs.FirstSlot + inputs.SlotCount),
            Rewards = Sum(sites, site => site.Rewards),
            GasPaid = inputs.History.GasTotal,
            LoadWh = load,
            PvWh = pv,
            ImportWh = import,
            ExportWh = export,
            SoldWh = sites.Sum(site => site.SoldWh),
            BoughtWh = sites.Sum(site => site.BoughtWh),
            DeliveredWh = delivered,
            ReceivedWh = received,
            BillWithoutMarket = without,
            BillWithMarket = with,
            SelfSufficiency = Share.Of(load - import, load),
            SelfConsumption = Share.Of(pv - export, pv),
            CommunitySelfSufficiency = Share.Of(load - import + UsedFromNeighbours(inputs), load),
            CommunitySelfConsumption = Share.Of(pv - export + UsedFromNeighbours(inputs), pv),
            SavingPercent = Share.Percent(without - with, without),
        };
    }

    // What a buyer received beyond its import it exported again: no neighbour used it.
    private static long UsedFromNeighbours(ReportInputs inputs) =>
        inputs.Sites.Sum(site => Enumerable.Range(0, inputs.SlotCount).Sum(i =>
        {
            long slot = inputs.FirstSlot + i;
            long import = inputs.History.Record(slot, site.Id)?.Energy.ImportWh ?? 0;
            return Math.Min(import, inputs.History.Money(slot, site.Id).ReceivedWh);
        }));

    private static BigInteger Sum(List<SiteRow> sites, Func<SiteRow, BigInteger> value) =>
        sites.Aggregate(BigInteger.Zero, (sum, site) => sum + value(site));
}
