using System.Numerics;

namespace EnergyChain.Node.Devnet.Report;

/// <summary>
/// Whether a report adds up to the unit. The tests reconcile again, from the input data and without this code.
/// </summary>
public static class ReportCheck
{
    /// <summary>What does not add up, a sentence each; empty for a sound report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="rewardsBefore">Rewards paid before supply_before was taken.</param>
    /// <param name="rewardsAfter">Rewards paid by the time of supply_after.</param>
    /// <param name="isAllSettled">
    /// False for a run that was stopped, and where orders by hand are for slots that are none of the run: open slots
    /// still hold escrow and collateral.
    /// </param>
    public static IReadOnlyList<string> Run(
        RunReport report, BigInteger rewardsBefore, BigInteger rewardsAfter, bool isAllSettled = true)
    {
        List<string> found = [];
        TotalsSection totals = report.Totals;
        Check(
            totals.DeliveredWh == totals.ReceivedWh,
            $"delivered {totals.DeliveredWh} Wh, received {totals.ReceivedWh}");
        Check(totals.SoldWh == totals.BoughtWh, $"sold {totals.SoldWh} Wh, bought {totals.BoughtWh}");
        BigInteger issued = totals.SupplyAfter - totals.SupplyBefore;
        BigInteger rewards = rewardsAfter - rewardsBefore;
        Check(issued == rewards, $"supply grew by {issued}, rewards are {rewards}");
        Check(!isAllSettled || totals.EscrowLeft.IsZero, $"escrow of {totals.EscrowLeft} is left");
        Check(!isAllSettled || totals.CollateralLeft.IsZero, $"collateral of {totals.CollateralLeft} is left");
        Check(
            !isAllSettled || totals.MarketBalanceLeft.IsZero,
            $"the market contract still holds {totals.MarketBalanceLeft}");
        Check(report.Chain.AllNodesAgree, $"nodes differ at height {report.Chain.Height}");
        foreach (SlotRow slot in report.Slots)
        {
            Check(slot.Settled, $"slot {slot.Slot} is not settled");
        }

        foreach (SiteSlotRow row in report.SiteSlots)
        {
            // A late or missing record proves no delivery.
            long provenWh = row.Record == "ok" ? row.ExportWh ?? 0 : 0;
            Check(
                row.DeliveredWh <= provenWh,
                $"{row.Home} delivered {row.DeliveredWh} Wh of {provenWh} exported in slot {row.Slot}");
        }

        BigInteger paid = Sum(report, row => row.Paid);
        Check(paid == Sum(report, row => row.Earned), "paid and earned differ");
        Check(
            Sum(report, row => row.CompensationPaid) == Sum(report, row => row.CompensationReceived),
            "compensation paid and received differ");
        return found;

        void Check(bool holds, string sentence)
        {
            if (!holds)
            {
                found.Add(sentence);
            }
        }
    }

    private static BigInteger Sum(RunReport report, Func<SiteSlotRow, BigInteger> value) =>
        report.SiteSlots.Aggregate(BigInteger.Zero, (sum, row) => sum + value(row));
}
