using EnergyChain.Market.Auction;
using EnergyChain.Market.Settlement;

namespace EnergyChain.Market.Model;

/// <summary>
/// The rules of the EnergyMarket contract as plain C#: the oracle that the compiled contract is tested against, and
/// the readable form of docs/market.md. Times are unix seconds given by the caller; not thread-safe.
/// </summary>
public sealed class MarketModel(
    MarketRules rules,
    IReadOnlyDictionary<SiteId, AccountId> sites,
    AccountBook accounts,
    CertificateBook certificates)
{
    private readonly SortedDictionary<Slot, SlotBook> _books = [];
    private readonly SortedDictionary<Slot, Tariff> _tariffs = [];
    private ulong _lastOrderId;
    private Slot _lastSettled;

    /// <summary>The account that escrow and collateral lie in.</summary>
    public static AccountId Account { get; } = new("market");

    public Money EscrowHeld { get; private set; }

    public Money CollateralHeld { get; private set; }

    /// <summary>Slots that have a book.</summary>
    public IEnumerable<Slot> OpenSlots => _books.Keys;

    public IReadOnlyList<OpenOrder> OrdersOf(Slot slot) =>
        _books.TryGetValue(slot, out SlotBook? book) ? book.Orders : [];

    public IReadOnlyList<Trade> TradesOf(Slot slot) => _books.TryGetValue(slot, out SlotBook? book) ? book.Trades : [];

    public PricePerKwh ClearingPriceOf(Slot slot) =>
        _books.TryGetValue(slot, out SlotBook? book) ? book.ClearingPrice : PricePerKwh.Zero;

    /// <summary>What a buyer locks.</summary>
    public Money EscrowFor(WattHours energy, PricePerKwh price) => (price + rules.GridFee).Of(energy);

    /// <summary>What a seller locks.</summary>
    public Money CollateralFor(WattHours energy) => rules.Collateral.Of(energy);

    public Refusal PublishTariff(ulong now, AccountId caller, Slot slot, Tariff tariff)
    {
        if (caller != rules.Operator)
        {
            return Refusal.NotOperator;
        }

        Refusal refusal = CheckGate(slot, now);
        refusal = refusal != Refusal.None ? refusal : CheckPrice(tariff.Retail);
        refusal = refusal != Refusal.None ? refusal : CheckPrice(tariff.FeedIn);
        if (refusal == Refusal.None)
        {
            _tariffs[slot] = tariff;
        }

        return refusal;
    }

    /// <summary>Gives the order's id, or 0 and why not. The order's id and energy are not read.</summary>
    public (Refusal Refusal, ulong Id) Place(ulong now, OpenOrder order, Money value)
    {
        Refusal refusal = CheckOrder(now, order, value);
        if (refusal != Refusal.None)
        {
            return (refusal, 0);
        }

        SlotBook book = BookOf(order.Slot);
        book.Join(order.Site);
        book.Orders.Add(order with { Id = ++_lastOrderId });
        Lock(order.Kind, order.Account, value);
        return (Refusal.None, _lastOrderId);
    }

    public Refusal Accept(ulong now, AccountId caller, ulong id, SiteId site, WattHours energy, Money value)
    {
        OpenOrder? offer = Find(id);
        Refusal refusal = CheckAcceptance(now, caller, offer, site, energy, value);
        if (refusal != Refusal.None)
        {
            return refusal;
        }

        SlotBook book = BookOf(offer!.Slot);
        book.Join(site);
        book.Trades.Add(new Trade(0, id, offer.Account, offer.Site, caller, site, energy, offer.Price));
        Lock(OrderKind.Buy, caller, value);
        int place = book.Orders.IndexOf(offer);
        if (energy == offer.Energy)
        {
            book.Orders.RemoveAt(place);
        }
        else
        {
            book.Orders[place] = offer with { Energy = offer.Energy - energy };
        }

        return Refusal.None;
    }

    public Refusal Cancel(ulong now, AccountId caller, ulong id)
    {
        OpenOrder? order = Find(id);
        if (order is null)
        {
            return Refusal.UnknownOrder;
        }

        if (order.Account != caller)
        {
            return Refusal.NotOrderOwner;
        }

        Refusal refusal = CheckGate(order.Slot, now);
        if (refusal == Refusal.None)
        {
            SlotBook book = BookOf(order.Slot);
            book.Orders.Remove(order);
            book.LeaveIfIdle(order.Site);
            Unlock(order.Kind, order.Account, LockedFor(order));
            DropEmpty(order.Slot);
        }

        return refusal;
    }

    public Refusal Clear(ulong now, Slot slot)
    {
        if (rules.Schedule.IsGateOpen(slot, now))
        {
            return Refusal.GateOpen;
        }

        if (_books.TryGetValue(slot, out SlotBook? book) && !book.IsCleared)
        {
            Clear(book);
        }

        return Refusal.None;
    }

    /// <summary>Metered export that was reported in time.</summary>
    public void RecordExport(Slot slot, SiteId site, WattHours exported)
    {
        if (_books.TryGetValue(slot, out SlotBook? book) && book.Exported.TryGetValue(site, out WattHours before))
        {
            book.Exported[site] = before + exported;
        }
    }

    public (Refusal Refusal, SettledSlot? Settled) Settle(ulong now, Slot slot)
    {
        if (!rules.Schedule.IsReportWindowOver(slot, now))
        {
            return (Refusal.ReportWindowOpen, null);
        }

        bool hasBook = _books.TryGetValue(slot, out SlotBook? book);
        if (slot <= _lastSettled && !hasBook && !_tariffs.ContainsKey(slot))
        {
            return (Refusal.SlotAlreadySettled, null);
        }

        book ??= new SlotBook();
        if (!book.IsCleared)
        {
            Clear(book);
        }

        SettledSlot settled = Settle(slot, book);
        _books.Remove(slot);
        _tariffs.Remove(slot);
        _lastSettled = slot > _lastSettled ? slot : _lastSettled;
        return (Refusal.None, settled);
    }

    private void Clear(SlotBook book)
    {
        OpenOrder[] joining = [.. book.Orders.Where(order => order.Counterparty == SiteId.None)];
        AuctionResult auction = UniformPriceAuction.Clear(
            joining.Where(order => order.Kind == OrderKind.Buy).Select(ToAuction),
            joining.Where(order => order.Kind != OrderKind.Buy).Select(ToAuction));
        Dictionary<ulong, OpenOrder> byId = book.Orders.ToDictionary(order => order.Id);
        foreach (AuctionMatch match in auction.Matches)
        {
            OpenOrder bid = byId[match.BidId];
            OpenOrder ask = byId[match.AskId];
            book.Trades.Add(new Trade(
                bid.Id,
                ask.Id,
                ask.Account,
                ask.Site,
                bid.Account,
                bid.Site,
                match.Energy,
                auction.Price));
        }

        foreach (OpenOrder order in book.Orders)
        {
            WattHours filled = auction.FilledOf(order.Id);
            Money kept = order.Kind == OrderKind.Buy ? EscrowFor(filled, auction.Price) : CollateralFor(filled);
            Unlock(order.Kind, order.Account, LockedFor(order) - kept);
        }

        book.Orders.Clear();
        book.IsCleared = true;
        book.ClearingPrice = auction.Price;
    }

    private SettledSlot Settle(Slot slot, SlotBook book)
    {
        SettlementTerms terms = new(rules.GridFee, rules.Collateral, _tariffs.GetValueOrDefault(slot).Retail);
        WattHours[] delivered = new WattHours[book.Trades.Count];
        foreach (SiteId seller in book.Trades.Select(trade => trade.SellerSite).Distinct())
        {
            int[] places = [.. Enumerable.Range(0, delivered.Length).Where(k => book.Trades[k].SellerSite == seller)];
            WattHours[] sold = [.. places.Select(k => book.Trades[k].Energy)];
            WattHours total = sold.Aggregate(WattHours.Zero, (sum, energy) => sum + energy);
            IReadOnlyList<WattHours> parts = ProRata.Share(sold, WattHours.Min(total, book.Exported[seller]));
            for (int k = 0; k < places.Length; k++)
            {
                delivered[places[k]] = parts[k];
            }
        }

        List<(Trade Trade, SettledTrade Line)> lines = [];
        List<WattHours> certified = [];
        for (int k = 0; k < delivered.Length; k++)
        {
            Trade trade = book.Trades[k];
            SettledTrade line = SettledTrade.Of(trade.Energy, delivered[k], trade.Price, terms);
            lines.Add((trade, line));
            certified.Add(certificates.Move(trade.Seller, trade.Buyer, slot, line.Delivered));
            EscrowHeld -= line.Paid + line.Fee + line.EscrowReturned;
            CollateralHeld -= line.Compensation + line.CollateralReturned;
            accounts.Push(Account, trade.Seller, line.Paid + line.CollateralReturned);
            accounts.Push(Account, trade.Buyer, line.EscrowReturned + line.Compensation);
            accounts.Push(Account, rules.GridAccount, line.Fee);
        }

        return new SettledSlot(slot, lines, certified);
    }

    private Refusal CheckOrder(ulong now, OpenOrder order, Money value)
    {
        if (order.Kind == OrderKind.None)
        {
            return Refusal.InvalidKind;
        }

        if (order.Kind == OrderKind.Offer && order.Counterparty == order.Site)
        {
            return Refusal.OwnOffer;
        }

        Refusal refusal = CheckGate(order.Slot, now);
        refusal = refusal != Refusal.None ? refusal : CheckSite(order.Site, order.Account);
        if (refusal != Refusal.None)
        {
            return refusal;
        }

        if (order.Energy.IsZero || order.Energy > rules.MaxEnergy)
        {
            return Refusal.EnergyOutOfRange;
        }

        refusal = CheckPrice(order.Price);
        if (refusal != Refusal.None)
        {
            return refusal;
        }

        if (value != LockedFor(order))
        {
            return Refusal.WrongValue;
        }

        SlotBook? book = _books.GetValueOrDefault(order.Slot);
        if (book is not null && book.Orders.Count >= rules.MaxOrdersPerSlot)
        {
            return Refusal.BookFull;
        }

        bool isFull = book is not null && book.OpenOrdersOf(order.Site) >= rules.MaxOrdersPerSite;
        return isFull ? Refusal.SiteBookFull : Refusal.None;
    }

    private Refusal CheckAcceptance(
        ulong now,
        AccountId caller,
        OpenOrder? offer,
        SiteId site,
        WattHours energy,
        Money value)
    {
        if (offer is null)
        {
            return Refusal.UnknownOrder;
        }

        if (offer.Kind != OrderKind.Offer)
        {
            return Refusal.NotAnOffer;
        }

        Refusal refusal = CheckGate(offer.Slot, now);
        refusal = refusal != Refusal.None ? refusal : CheckSite(site, caller);
        if (refusal != Refusal.None)
        {
            return refusal;
        }

        if (offer.Site == site)
        {
            return Refusal.OwnOffer;
        }

        if (offer.Counterparty != SiteId.None && offer.Counterparty != site)
        {
            return Refusal.NotCounterparty;
        }

        if (energy.IsZero)
        {
            return Refusal.EnergyOutOfRange;
        }

        if (energy > offer.Energy)
        {
            return Refusal.EnergyAboveOffer;
        }

        if (value != EscrowFor(energy, offer.Price))
        {
            return Refusal.WrongValue;
        }

        SlotBook book = _books[offer.Slot];
        if (book.Trades.Count >= rules.MaxDirectTradesPerSlot)
        {
            return Refusal.BookFull;
        }

        return book.AcceptedBy(site) >= rules.MaxDirectTradesPerSite ? Refusal.SiteBookFull : Refusal.None;
    }

    private Refusal CheckGate(Slot slot, ulong now)
    {
        if (!rules.Schedule.IsGateOpen(slot, now))
        {
            return Refusal.GateClosed;
        }

        bool isTooFar = slot.Number > rules.Schedule.At(now).Number + rules.MaxSlotsAhead;
        return isTooFar ? Refusal.SlotTooFar : Refusal.None;
    }

    private Refusal CheckSite(SiteId site, AccountId caller)
    {
        if (!sites.TryGetValue(site, out AccountId account))
        {
            return Refusal.UnknownSite;
        }

        return account == caller ? Refusal.None : Refusal.NotSiteAccount;
    }

    private Refusal CheckPrice(PricePerKwh price)
    {
        if (price > rules.MaxPrice)
        {
            return Refusal.PriceOutOfRange;
        }

        return price.IsOnStep ? Refusal.None : Refusal.PriceNotOnStep;
    }

    private Money LockedFor(OpenOrder order) =>
        order.Kind == OrderKind.Buy ? EscrowFor(order.Energy, order.Price) : CollateralFor(order.Energy);

    private void Lock(OrderKind kind, AccountId payer, Money amount)
    {
        accounts.Transfer(payer, Account, amount);
        EscrowHeld += kind == OrderKind.Buy ? amount : Money.Zero;
        CollateralHeld += kind == OrderKind.Buy ? Money.Zero : amount;
    }

    private void Unlock(OrderKind kind, AccountId payee, Money amount)
    {
        EscrowHeld -= kind == OrderKind.Buy ? amount : Money.Zero;
        CollateralHeld -= kind == OrderKind.Buy ? Money.Zero : amount;
        accounts.Push(Account, payee, amount);
    }

    private OpenOrder? Find(ulong id) =>
        _books.Values.SelectMany(book => book.Orders).FirstOrDefault(order => order.Id == id);

    private SlotBook BookOf(Slot slot)
    {
        if (!_books.TryGetValue(slot, out SlotBook? book))
        {
            book = new SlotBook();
            _books.Add(slot, book);
        }

        return book;
    }

    private void DropEmpty(Slot slot)
    {
        if (_books[slot].Exported.Count == 0)
        {
            _books.Remove(slot);
        }
    }

    private static AuctionOrder ToAuction(OpenOrder order) => new(order.Id, order.Energy, order.Price);
}
