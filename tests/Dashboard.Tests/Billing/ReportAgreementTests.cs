using System.Numerics;
using CsCheck;
using EnergyChain.Client.Model;
using EnergyChain.Core.Primitives;
using EnergyChain.Dashboard.Billing;
using EnergyChain.Dashboard.History;
using EnergyChain.Node.Devnet.Report;
using EnergyChain.Node.Setup;
using EnergyChain.Node.Site;
using static EnergyChain.Dashboard.Tests.Billing.Rows;

namespace EnergyChain.Dashboard.Tests.Billing;

/// <summary>The bill of the page equals that of devnet's report for the same chain, to the base unit.</summary>
public sealed class ReportAgreementTests
{
    private const uint Site = 1;
    private const int Slots = 6;
    private const ulong Scale = 1_000_000;

    // What a slot is made of; numbers from 0 to 999.
    private static readonly Gen<int[]> Parts = Gen.Int[0, 999].Array[14];

    [Test]
    public void Page_and_report_have_the_same_figures_of_a_site() =>
        Parts.Array[Slots].Sample(slots => Compare(slots), iter: 200);

    private static void Compare(int[][] slots)
    {
        FakeNode node = new();
        RunHistory history = new(GenesisPlan.Development(1, MarketTiming.For(2)).Build());
        for (int i = 0; i < Slots; i++)
        {
            Fill(node, history, FirstSlot + (ulong)i, slots[i]);
        }

        SiteRow report = Report(history);
        SlotSpan span = new(FirstSlot, FirstSlot + Slots);
        SiteBill bill = new BillReader(new SlotHistories(), new TariffBook())
            .ReadAsync(node, Site, span, SlotSeconds, CancellationToken.None).GetAwaiter().GetResult();
        BillSums sums = bill.Sums;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(sums.Without.Total.BaseUnits, Is.EqualTo(report.BillWithoutMarket));
            Assert.That(sums.With.Total.BaseUnits, Is.EqualTo(report.BillWithMarket));
            Assert.That(sums.Counted, Is.EqualTo(Slots - report.MissingSlots));
            Assert.That(sums.Energy.Load.Value, Is.EqualTo(report.LoadWh));
            Assert.That(sums.Energy.Production.Value, Is.EqualTo(report.PvWh));
            Assert.That(sums.Energy.Import.Value, Is.EqualTo(report.ImportWh));
            Assert.That(sums.Energy.Export.Value, Is.EqualTo(report.ExportWh));
            Assert.That(sums.Energy.Charge.Value, Is.EqualTo(report.ChargeWh));
            Assert.That(sums.Energy.Discharge.Value, Is.EqualTo(report.DischargeWh));
            Assert.That(sums.Energy.Sold.Value, Is.EqualTo(report.SoldWh));
            Assert.That(sums.Energy.Bought.Value, Is.EqualTo(report.BoughtWh));
            Assert.That(sums.Energy.Delivered.Value, Is.EqualTo(report.DeliveredWh));
            Assert.That(sums.Energy.Received.Value, Is.EqualTo(report.ReceivedWh));
            Assert.That(sums.Energy.Paid.BaseUnits, Is.EqualTo(report.Paid));
            Assert.That(sums.Energy.Earned.BaseUnits, Is.EqualTo(report.Earned));
            Assert.That(sums.Energy.Fees.BaseUnits, Is.EqualTo(report.Fees));
            Assert.That(sums.Energy.CompensationPaid.BaseUnits, Is.EqualTo(report.CompensationPaid));
            Assert.That(sums.Energy.CompensationReceived.BaseUnits, Is.EqualTo(report.CompensationReceived));
            Assert.That(sums.Energy.Rewards.BaseUnits, Is.EqualTo(report.Rewards));
        }
    }

    // One slot, told to the node's history and to the report's.
    private static void Fill(FakeNode node, RunHistory history, ulong slot, int[] part)
    {
        ulong exported = (ulong)part[2];
        ulong retail = (ulong)(part[5] + 1) * Scale;
        ulong feedIn = (ulong)part[6] * Scale;
        history.Apply(TariffLog(slot, retail, feedIn));
        node.Events.Add(Event(TariffLog(slot, retail, feedIn), "TariffPublished", slot));
        if (part[0] % 5 > 0)
        {
            ReadingInfo reading = Reading(
                slot, Site, (ulong)part[1], exported, (ulong)part[3], (ulong)part[4], isLate: part[0] % 7 == 0);
            node.Readings.Add(reading);
            history.Apply(RecordLog(reading));
            ulong reward = (ulong)part[3] * 10;
            history.Apply(RewardLog(slot, Site, reward));
            node.Events.Add(Event(RewardLog(slot, Site, reward), "RewardPaid", slot, Site));
        }

        bool sells = part[7] % 2 == 0;
        ulong traded = (ulong)part[8];
        ulong delivered = Math.Min(traded, sells ? Math.Min(exported, (ulong)part[9]) : (ulong)part[9]);
        if (part[0] % 5 == 0 && sells)
        {
            delivered = 0;
        }

        BigInteger price = part[10] * (BigInteger)Scale;
        TradeInfo trade = Trade(
            slot, 1, sells ? Site : 2, sells ? 2 : Site, traded, price,
            Settled(traded, delivered, price, part[11] * (BigInteger)Scale, part[12]));
        if (part[13] % 3 > 0)
        {
            node.Trades.Add(trade);
            history.Apply(SettledLog(trade));
        }
    }

    private static SiteRow Report(RunHistory history)
    {
        SiteSums sums = new();
        for (ulong slot = FirstSlot; slot < FirstSlot + Slots; slot++)
        {
            sums.Add(history.Record((long)slot, Site), history.Money((long)slot, Site), history.Slot((long)slot));
        }

        return sums.ToRow(new ReportSite(Site, "home", Address.FromNumber(Site), IsMetered: true), 0);
    }
}
