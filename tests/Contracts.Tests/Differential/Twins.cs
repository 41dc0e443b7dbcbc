using EnergyChain.Contracts.Events;
using EnergyChain.Contracts.Tests.Chain;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Market;
using EnergyChain.Market.Model;
using Model = EnergyChain.Market.Model;

namespace EnergyChain.Contracts.Tests.Differential;

/// <summary>
/// The compiled contracts in our VM and the plain C# model, fed the same steps. After each step both must have
/// refused for the same reason or done the same, to the base unit and the Wh.
/// </summary>
internal sealed class Twins
{
    private const uint HostileSite = 5;
    private const uint UnknownSite = 99;

    private readonly TestChain _chain = Community.Start();
    private readonly AccountBook _accounts = new();
    private readonly CertificateBook _certificates = new();
    private readonly MarketModel _market;
    private readonly RegistryModel _registry;
    private readonly SortedSet<UInt256> _genesisKeys;
    private readonly System.Numerics.BigInteger _supply;
    private readonly Dictionary<uint, (ulong Sequence, ulong Counter)> _meters = [];
    private readonly Dictionary<ulong, (UInt256 Price, uint EnergyWh)> _placed = [];
    private readonly bool _isSmall;
    private ulong _lastId;

    /// <param name="isSmall">Energies of a few Wh, so that shares tie and records fall short by little.</param>
    public Twins(bool isSmall)
    {
        _isSmall = isSmall;
        Dictionary<SiteId, AccountId> sites = [];
        for (uint site = 1; site <= Community.Sites; site++)
        {
            sites.Add(new SiteId(site), Name(Community.Account(site)));
            _accounts.Endow(Name(Community.Account(site)), ToMoney(Community.Wealth));
            _meters[site] = (0, 0);
        }

        _accounts.Endow(Name(Community.Stranger), ToMoney(Community.Wealth));
        _accounts.Endow(Name(Community.Operator), ToMoney(Community.Wealth));
        _accounts.Endow(RegistryModel.Account, new Money(300_000));
        _accounts.Refuse(Name(Community.Account(HostileSite)));
        _chain.State.Put(Community.Account(HostileSite), Community.Wealth, [0xFE]);
        MarketRules rules = Rules();
        _market = new MarketModel(rules, sites, _accounts, _certificates);
        _registry = new RegistryModel(rules, sites, _accounts, _certificates, _market);
        for (uint site = 1; site <= Community.Sites; site++)
        {
            _registry.Register(
                rules.Operator,
                Name(Community.Meter(site)),
                new SiteId(site),
                Community.RatedPowerW,
                (byte)((site - 1) % 4));
        }

        _genesisKeys = _chain.State.StorageKeys(EnergyMarketContract.Address);
        _supply = _chain.State.TotalBalance;
        PublishFirstTariffs(rules);
    }

    private ulong CurrentSlot => _chain.Now / Community.SlotSeconds;

    /// <summary>Refusals and rarer turns of a settlement that came up, to prove that the steps reach them.</summary>
    public SortedSet<string> Seen { get; } = new(StringComparer.Ordinal);

    public void Run(Step step)
    {
        switch (step.Kind)
        {
            case StepKind.Wait:
                _chain.Now += step.EnergyWh % 9;
                break;
            case StepKind.Tariff:
                PublishTariff(step);
                break;
            case StepKind.Buy:
            case StepKind.Sell:
            case StepKind.Offer:
                Place(step);
                break;
            case StepKind.Accept:
                Accept(step);
                break;
            case StepKind.Cancel:
                Cancel(step);
                break;
            case StepKind.Clear:
                Clear(SlotOf(step));
                break;
            case StepKind.Settle:
                Settle(CurrentSlot - 1 - (uint)(step.SlotOffset + 1));
                break;
            case StepKind.Record:
                Record(step);
                break;
            case StepKind.Revoke:
            case StepKind.Reset:
                Govern(step);
                break;
            case StepKind.Withdraw:
                Withdraw(step.Site);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(step));
        }

        CompareMoney();
    }

    /// <summary>Settles all that is open: nothing may stay behind, in money or in storage.</summary>
    public void Finish()
    {
        _chain.Now += 600;
        for (ulong slot = Community.StartSeconds / Community.SlotSeconds; slot < CurrentSlot - 10; slot++)
        {
            Settle(slot);
        }

        Withdraw(HostileSite);
        CompareMoney();
        Assert.That(_market.OpenSlots, Is.Empty);
        Assert.That(_chain.Ask(EnergyMarketContract.EscrowHeld()), Is.EqualTo(UInt256.Zero));
        Assert.That(_chain.Ask(EnergyMarketContract.CollateralHeld()), Is.EqualTo(UInt256.Zero));
        Assert.That(_chain.State.BalanceOf(EnergyMarketContract.Address), Is.EqualTo(UInt256.Zero));
        Assert.That(
            _chain.State.StorageKeys(EnergyMarketContract.Address),
            Is.EqualTo(_genesisKeys),
            "storage of settled slots is deleted");
    }

    private static MarketRules Rules() => new()
    {
        Schedule = new SlotSchedule(
            Community.SlotSeconds,
            Community.GateLeadSeconds,
            Community.ReportWindowSeconds),
        EnergySlotSeconds = 3600,
        GridFee = new PricePerKwh(20_000),
        Collateral = new PricePerKwh(100_000),
        Rewards = new RewardSchedule(new PricePerKwh(8_000), [new WattHours(10_000), new WattHours(30_000)]),
        Operator = Name(Community.Operator),
        GridAccount = Name(Community.Grid),
    };

    private void PublishFirstTariffs(MarketRules rules)
    {
        const ulong tariffs = 40;
        for (ulong slot = CurrentSlot + 1; slot < CurrentSlot + tariffs; slot++)
        {
            UInt256 retail = Community.Price(slot % 7 * 50);
            byte[] data = EnergyMarketContract.PublishTariffs(slot, [retail], [Community.Price(50)]);
            Tariff tariff = new(ToPrice(retail), new PricePerKwh(50_000));
            Compare(
                _chain.ToMarket(Community.Operator, data),
                _market.PublishTariff(_chain.Now, rules.Operator, new Slot(slot), tariff));
        }
    }

    private void PublishTariff(Step step)
    {
        ulong slot = SlotOf(step);
        Address caller = step.Fault == 1 ? Community.Stranger : Community.Operator;
        UInt256 retail = PriceOf(step);
        CallResult result =
            _chain.ToMarket(caller, EnergyMarketContract.PublishTariffs(slot, [retail], [Community.Price(50)]));
        Tariff tariff = new(ToPrice(retail), new PricePerKwh(50_000));
        Compare(result, _market.PublishTariff(_chain.Now, Name(caller), new Slot(slot), tariff));
    }

    private void Place(Step step)
    {
        OrderKind kind = (OrderKind)(step.Kind - StepKind.Buy + 1);
        ulong slot = step.Fault == 2 ? CurrentSlot + 2000 : SlotOf(step);
        uint site = step.Fault == 3 ? UnknownSite : step.Site;
        Address caller = step.Fault == 4 ? Community.Stranger : Community.Account(step.Site);
        uint counterparty = kind == OrderKind.Offer && step.Other % 2 == 0 ? step.Other : 0;
        uint energyWh = step.Fault == 5 ? 1_000_000_001 : EnergyOf(step);
        UInt256 price = PriceOf(step);
        UInt256 value = ValueOf(kind == OrderKind.Buy ? price + 20_000UL : 100_000UL, energyWh, step);
        byte[] data = kind == OrderKind.Offer
            ? EnergyMarketContract.Offer(slot, site, energyWh, price, counterparty)
            : EnergyMarketContract.PlaceOrder(slot, site, kind, energyWh, price);
        CallResult result = _chain.ToMarket(caller, data, value);
        OpenOrder order = new(
            0,
            new Slot(slot),
            (Model.OrderKind)kind,
            Name(caller),
            new SiteId(site),
            new WattHours(energyWh),
            ToPrice(price),
            new SiteId(counterparty));
        (Refusal refusal, ulong id) = _market.Place(_chain.Now, order, ToMoney(value));
        Compare(result, refusal);
        if (result.IsSuccess)
        {
            Assert.That(result.Id, Is.EqualTo(id));
            _placed[id] = (price, energyWh);
            _lastId = id;
            CompareBook(slot);
        }
    }

    private void Accept(Step step)
    {
        ulong id = PickId(step);
        (UInt256 price, uint offeredWh) = _placed.GetValueOrDefault(id);
        uint site = step.Fault == 3 ? UnknownSite : step.Site;
        Address caller = step.Fault == 4 ? Community.Stranger : Community.Account(step.Site);
        uint energyWh = step.Price % 3 == 0 ? offeredWh : EnergyOf(step);
        UInt256 value = ValueOf(price + 20_000UL, energyWh, step);
        CallResult result = _chain.ToMarket(caller, EnergyMarketContract.AcceptOffer(id, site, energyWh), value);
        Refusal refusal = _market.Accept(
            _chain.Now,
            Name(caller),
            id,
            new SiteId(site),
            new WattHours(energyWh),
            ToMoney(value));
        Compare(result, refusal);
        if (result.IsSuccess)
        {
            ulong slot = result.Id >> 16;
            CompareBook(slot);
            CompareTrades(slot);
        }
    }

    private void Cancel(Step step)
    {
        ulong id = PickId(step);
        OpenOrder? order = _market.OpenSlots.SelectMany(_market.OrdersOf).FirstOrDefault(open => open.Id == id);
        uint owner = step.Fault == 1 || order is null ? step.Site : order.Site.Number;
        CallResult result = _chain.ToMarket(Community.Account(owner), EnergyMarketContract.CancelOrder(id));
        Compare(result, _market.Cancel(_chain.Now, Name(Community.Account(owner)), id));
    }

    private void Clear(ulong slot)
    {
        CallResult result = _chain.ToMarket(Community.Stranger, EnergyMarketContract.Clear(slot));
        Compare(result, _market.Clear(_chain.Now, new Slot(slot)));
        CompareTrades(slot);
        CompareBook(slot);
        Assert.That(
            ToPrice(_chain.Ask(EnergyMarketContract.SummaryOf(slot)).ClearingPricePerKwh),
            Is.EqualTo(_market.ClearingPriceOf(new Slot(slot))));
    }

    private void Settle(ulong slot)
    {
        CallResult result = _chain.ToMarket(Community.Stranger, EnergyMarketContract.Settle(slot));
        (Refusal refusal, Model.SettledSlot? settled) = _market.Settle(_chain.Now, new Slot(slot));
        Compare(result, refusal);
        if (settled is null)
        {
            return;
        }

        Events.SettledTrade[] lines =
            [.. result.MarketEvents.OfType<MarketEvent.TradeSettled>().Select(happening => happening.Line)];
        Assert.That(lines, Has.Length.EqualTo(settled.Lines.Count));
        for (int k = 0; k < lines.Length; k++)
        {
            (Trade trade, Market.Settlement.SettledTrade line) = settled.Lines[k];
            Assert.That(lines[k].SellerSite, Is.EqualTo(trade.SellerSite.Number));
            Assert.That(lines[k].BuyerSite, Is.EqualTo(trade.BuyerSite.Number));
            Assert.That(lines[k].DeliveredWh, Is.EqualTo(line.Delivered.Value));
            Assert.That(lines[k].ShortWh, Is.EqualTo(line.Short.Value));
            Assert.That(lines[k].CertifiedWh, Is.EqualTo(settled.Certified[k].Value));
            Assert.That(ToMoney(lines[k].Paid), Is.EqualTo(line.Paid));
            Assert.That(ToMoney(lines[k].Fee), Is.EqualTo(line.Fee));
            Assert.That(ToMoney(lines[k].Compensation), Is.EqualTo(line.Compensation));
            Assert.That(ToMoney(lines[k].EscrowReturned), Is.EqualTo(line.EscrowReturned));
            Assert.That(ToMoney(lines[k].CollateralReturned), Is.EqualTo(line.CollateralReturned));
            Notice(lines[k], line);
        }
    }

    private void Notice(Events.SettledTrade line, Market.Settlement.SettledTrade model)
    {
        (string Turn, bool IsSeen)[] turns =
        [
            ("delivered in full", line.ShortWh == 0),
            ("delivered in part", line.ShortWh != 0 && line.DeliveredWh != 0),
            ("not delivered", line.DeliveredWh == 0),
            ("compensated", !line.Compensation.IsZero && !line.CollateralReturned.IsZero),
            ("compensation capped", !line.Compensation.IsZero && line.CollateralReturned.IsZero),
            ("certified in part", line.CertifiedWh != 0 && line.CertifiedWh < model.Delivered.Value),
            ("own trade", line.SellerSite == line.BuyerSite),
        ];
        Seen.UnionWith(turns.Where(turn => turn.IsSeen).Select(turn => turn.Turn));
    }

    private void Record(Step step)
    {
        ulong slot = CurrentSlot - (uint)(step.SlotOffset + 1);
        (ulong sequence, ulong counter) = _meters[step.Site];
        ulong energyWh = step.Fault == 1 ? 5001 : EnergyOf(step);
        ulong producedWh = step.Price < 4 ? energyWh / 2 : energyWh;
        sequence += step.Fault == 2 ? 0UL : 1UL;
        ulong reached = counter + energyWh;
        counter = step.Fault == 3 ? counter / 2 : step.Fault == 4 ? Math.Max(reached, 1) - 1 : reached;
        Address meter = step.Fault == 5 ? Community.Stranger : Community.Meter(step.Site);
        MeterRecord record =
            new(slot, 0, energyWh, producedWh, 0, 0, 0, counter, counter, sequence, default);
        CallResult result = _chain.ToRegistry(meter, MeterRegistryContract.SubmitRecord(record));
        DeviceRecord modelRecord = new(
            new Slot(slot),
            WattHours.Zero,
            new WattHours(energyWh),
            new WattHours(producedWh),
            WattHours.Zero,
            WattHours.Zero,
            new WattHours(counter),
            new WattHours(counter),
            sequence);
        (Refusal refusal, Money reward) = _registry.Submit(_chain.Now, Name(meter), modelRecord);
        Compare(result, refusal);
        if (result.IsSuccess)
        {
            _meters[step.Site] = (sequence, counter);
            Money paid = result.RegistryEvents.OfType<RegistryEvent.RewardPaid>()
                .Aggregate(Money.Zero, (sum, happening) => sum + ToMoney(happening.Amount));
            Assert.That(paid, Is.EqualTo(reward));
        }
    }

    private void Govern(Step step)
    {
        // Revoking is rare: a revoked meter stays so.
        Address caller = step.Fault == 1 ? Community.Stranger : Community.Operator;
        Address meter = step.Fault == 2 ? Community.Stranger : Community.Meter(step.Site);
        bool isRevoke = step.Kind == StepKind.Revoke && step.Price == 0;
        CallResult result = _chain.ToRegistry(
            caller,
            isRevoke ? MeterRegistryContract.RevokeDevice(meter) : MeterRegistryContract.AcceptCounterReset(meter));
        Compare(
            result,
            isRevoke
                ? _registry.Revoke(Name(caller), Name(meter))
                : _registry.AcceptCounterReset(Name(caller), Name(meter)));
    }

    private void Withdraw(uint site)
    {
        Address account = Community.Account(site);
        CallResult result = _chain.ToMarket(account, EnergyMarketContract.Withdraw(Community.Stranger));
        bool withdrawn = _accounts.TryWithdraw(MarketModel.Account, Name(account), Name(Community.Stranger));
        Compare(result, withdrawn ? Refusal.None : Refusal.NothingToWithdraw);
    }

    private void Compare(CallResult result, Refusal refusal)
    {
        Seen.Add(refusal.ToString());
        Assert.That(result.Error, Is.EqualTo(refusal.ToString()), result.IsSuccess ? "" : result.Reason);
    }

    private void CompareMoney()
    {
        for (uint site = 1; site <= Community.Sites; site++)
        {
            CompareBalance(Community.Account(site), Name(Community.Account(site)));
        }

        CompareBalance(Community.Grid, Name(Community.Grid));
        CompareBalance(Community.Stranger, Name(Community.Stranger));
        CompareBalance(EnergyMarketContract.Address, MarketModel.Account);
        CompareBalance(MeterRegistryContract.Address, RegistryModel.Account);
        Assert.That(ToMoney(_chain.Ask(EnergyMarketContract.EscrowHeld())), Is.EqualTo(_market.EscrowHeld));
        Assert.That(ToMoney(_chain.Ask(EnergyMarketContract.CollateralHeld())), Is.EqualTo(_market.CollateralHeld));
        Assert.That(
            _accounts.BalanceOf(MarketModel.Account),
            Is.EqualTo(_market.EscrowHeld + _market.CollateralHeld + _accounts.CreditsOf(MarketModel.Account)));
        Assert.That(_chain.State.TotalBalance, Is.EqualTo(_supply), "coin is neither made nor lost");
    }

    private void CompareBalance(Address address, AccountId account) => Assert.That(
        ToMoney(_chain.State.BalanceOf(address)),
        Is.EqualTo(_accounts.BalanceOf(account)),
        account.Name);

    private void CompareBook(ulong slot)
    {
        IEnumerable<(ulong, OrderKind, uint, ulong, Money)> contract =
            _chain.Ask(EnergyMarketContract.OpenOrders(slot, 0, 1000))
                .OrderBy(order => order.Id)
                .Select(order => (order.Id, order.Kind, order.Site, (ulong)order.EnergyWh, ToMoney(order.PricePerKwh)));
        IEnumerable<(ulong, OrderKind, uint, ulong, Money)> model = _market.OrdersOf(new Slot(slot))
            .OrderBy(order => order.Id)
            .Select(order => (
                order.Id,
                (OrderKind)order.Kind,
                order.Site.Number,
                order.Energy.Value,
                order.Price.Of(new WattHours(1000))));
        Assert.That(contract, Is.EqualTo(model));
    }

    private void CompareTrades(ulong slot)
    {
        IEnumerable<(uint, uint, ulong, Money)> contract = _chain.Ask(EnergyMarketContract.TradesOf(slot, 0, 1000))
            .Select(trade => (trade.SellerSite, trade.BuyerSite, (ulong)trade.EnergyWh, ToMoney(trade.PricePerKwh)));
        IEnumerable<(uint, uint, ulong, Money)> model = _market.TradesOf(new Slot(slot)).Select(trade => (
            trade.SellerSite.Number,
            trade.BuyerSite.Number,
            trade.Energy.Value,
            trade.Price.Of(new WattHours(1000))));
        Assert.That(contract, Is.EqualTo(model));
    }

    /// <summary>Mostly the next slot, so that orders meet; sometimes one that is closed or further away.</summary>
    private ulong SlotOf(Step step) => CurrentSlot + (step.SlotOffset < 0 ? 0UL : step.SlotOffset < 3 ? 1UL : 2UL);

    private uint EnergyOf(Step step) => _isSmall ? step.EnergyWh % 6 : step.EnergyWh;

    private ulong PickId(Step step) => _lastId < step.Other ? 77 : _lastId - step.Other;

    private static UInt256 ValueOf(UInt256 rate, uint energyWh, Step step) =>
        UInt256.FromBigInteger((rate.ToBigInteger() * energyWh / 1000) + (step.Fault == 1 ? 1 : 0));

    private static UInt256 PriceOf(Step step) => step.Fault switch
    {
        6 => 1_001,
        7 => MarketLimits.MaxPricePerKwh + 1000UL,
        _ => Community.Price(step.Price * 50),
    };

    private static AccountId Name(Address address) => new(address.ToString());

    private static Money ToMoney(UInt256 value) => new(value.ToBigInteger());

    private static PricePerKwh ToPrice(UInt256 value) => new((UInt128)value.ToBigInteger());
}
