using System.Numerics;

namespace EnergyChain.Node.Devnet.Report;

/// <summary>
/// Adds up a site's slots. A slot without a record adds its market payments to their sums, but is in neither bill: what
/// the site drew and fed in is unknown, so there is no bill without market to compare with.
/// </summary>
internal sealed class SiteSums
{
    private long _loadWh;
    private long _pvWh;
    private long _chargeWh;
    private long _dischargeWh;
    private long _importWh;
    private long _exportWh;
    private long _socWh;
    private int _missing;
    private SiteMoney _money = SiteMoney.Zero;
    private BigInteger _withoutMarket;
    private BigInteger _withMarket;

    public void Add(RecordFacts? record, SiteMoney money, SlotFacts slot)
    {
        _money += money;
        if (record is not { Energy: { } metered })
        {
            _missing++;
            return;
        }

        _loadWh += metered.LoadWh;
        _pvWh += metered.PvWh;
        _chargeWh += metered.ChargeWh;
        _dischargeWh += metered.DischargeWh;
        _importWh += metered.ImportWh;
        _exportWh += metered.ExportWh;
        _socWh = metered.SocWh;
        _withoutMarket += Bill.WithoutMarket(metered, slot.Retail, slot.FeedIn);
        _withMarket += Bill.WithMarket(metered, money, slot.Retail, slot.FeedIn);
    }

    public SiteRow ToRow(ReportSite site, BigInteger gasPaid) => new()
    {
        Home = site.Home,
        Address = site.Account.ToString(),
        Site = site.Id,
        MissingSlots = _missing,
        LoadWh = _loadWh,
        PvWh = _pvWh,
        ChargeWh = _chargeWh,
        DischargeWh = _dischargeWh,
        ImportWh = _importWh,
        ExportWh = _exportWh,
        SoldWh = _money.SoldWh,
        BoughtWh = _money.BoughtWh,
        DeliveredWh = _money.DeliveredWh,
        ReceivedWh = _money.ReceivedWh,
        Paid = _money.Paid,
        Earned = _money.Earned,
        CompensationPaid = _money.CompensationPaid,
        CompensationReceived = _money.CompensationReceived,
        Fees = _money.Fees,
        Rewards = _money.Rewards,
        GasPaid = gasPaid,
        SocWhStart = site.IsMetered ? 0 : null,
        SocWhEnd = site.IsMetered ? _socWh : null,
        BillWithoutMarket = _withoutMarket,
        BillWithMarket = _withMarket,
        SelfSufficiency = Share.Of(_loadWh - _importWh, _loadWh),
        SelfConsumption = Share.Of(_pvWh - _exportWh, _pvWh),
    };
}
