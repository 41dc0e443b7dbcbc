namespace EnergyChain.Market.Model;

/// <summary>All that the market keeps of a slot, from the first order to settlement.</summary>
internal sealed class SlotBook
{
    public List<OpenOrder> Orders { get; } = [];

    public List<Trade> Trades { get; } = [];

    /// <summary>Metered export, by site that has an order or trade here.</summary>
    public SortedDictionary<SiteId, WattHours> Exported { get; } = [];

    public bool IsCleared { get; set; }

    public PricePerKwh ClearingPrice { get; set; }

    public int OpenOrdersOf(SiteId site) => Orders.Count(order => order.Site == site);

    public int AcceptedBy(SiteId site) => Trades.Count(trade => trade.BuyerSite == site);

    public void Join(SiteId site) => Exported.TryAdd(site, WattHours.Zero);

    public void LeaveIfIdle(SiteId site)
    {
        bool isIdle = OpenOrdersOf(site) == 0
            && !Trades.Any(trade => trade.BuyerSite == site || trade.SellerSite == site);
        if (isIdle)
        {
            Exported.Remove(site);
        }
    }
}
