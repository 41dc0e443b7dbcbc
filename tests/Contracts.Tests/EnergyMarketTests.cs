using EnergyChain.Contracts.Events;
using EnergyChain.Contracts.Tests.Chain;
using EnergyChain.Contracts.Views;
using EnergyChain.Core.Numerics;

namespace EnergyChain.Contracts.Tests;

/// <summary>The market contract by hand: one rule a test. Slot 110 is open; its gate closes at 1095.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class EnergyMarketTests
{
    private const ulong Slot = 110;
    private const ulong GateClosure = 1095;
    private const ulong SlotEnd = 1110;
    private const ulong ReportDeadline = 1122;

    private readonly TestChain _chain = Community.Start();

    [Test]
    public void Parameters_are_those_of_genesis()
    {
        MarketParameters parameters = _chain.Ask(EnergyMarketContract.Parameters());
        Assert.That(parameters.SlotSeconds, Is.EqualTo(Community.SlotSeconds));
        Assert.That(parameters.GateLeadSeconds, Is.EqualTo(Community.GateLeadSeconds));
        Assert.That(parameters.ReportWindowSeconds, Is.EqualTo(Community.ReportWindowSeconds));
        Assert.That(parameters.GridFeePerKwh, Is.EqualTo(Community.Price(20)));
        Assert.That(parameters.CollateralPerKwh, Is.EqualTo(Community.Price(100)));
        Assert.That(parameters.Operator, Is.EqualTo(Community.Operator));
        Assert.That(parameters.GridAccount, Is.EqualTo(Community.Grid));
        Assert.That(parameters.Registry, Is.EqualTo(MeterRegistryContract.Address));
        Assert.That(parameters.Certificate, Is.EqualTo(GreenCertificateContract.Address));
    }

    [Test]
    public void Order_locks_exactly_its_money_and_cancel_returns_it()
    {
        ulong id = Buy(1, 2000, 150).Succeeds().Id;
        Assert.That(_chain.Ask(EnergyMarketContract.EscrowHeld()), Is.EqualTo((UInt256)340_000UL));
        MarketOrder order = _chain.Ask(EnergyMarketContract.OpenOrders(Slot, 0, 10)).Single();
        Assert.That(
            order,
            Is.EqualTo(new MarketOrder(
                id,
                Slot,
                OrderKind.Buy,
                Community.Account(1),
                1,
                0,
                2000,
                Community.Price(150))));

        _chain.ToMarket(Community.Account(1), EnergyMarketContract.CancelOrder(id)).Succeeds();
        Assert.That(_chain.State.BalanceOf(Community.Account(1)), Is.EqualTo(Community.Wealth));
        Assert.That(_chain.Ask(EnergyMarketContract.OrderOf(id)).Kind, Is.EqualTo(OrderKind.None));
        Assert.That(_chain.State.BalanceOf(EnergyMarketContract.Address), Is.EqualTo(UInt256.Zero));
    }

    [Test]
    public void A_slot_runs_from_order_to_settlement()
    {
        PublishTariff(300);
        Buy(1, 2000, 200).Succeeds();
        Sell(2, 3000, 100).Succeeds();
        _chain.Now = GateClosure;
        CallResult cleared = _chain.ToMarket(Community.Stranger, EnergyMarketContract.Clear(Slot)).Succeeds();
        Assert.That(
            cleared.MarketEvents.OfType<MarketEvent.SlotCleared>().Single(),
            Is.EqualTo(new MarketEvent.SlotCleared(Slot, Community.Price(100), 2000, 1)));
        Assert.That(_chain.Ask(EnergyMarketContract.SummaryOf(Slot)).Phase, Is.EqualTo(SlotPhase.Cleared));

        _chain.Now = SlotEnd;
        MeterRecord record = Community.Record(Slot, 1, exported: 1500, produced: 1500);
        _chain.ToRegistry(Community.Meter(2), MeterRegistryContract.SubmitRecord(record)).Succeeds();
        _chain.Now = ReportDeadline;
        CallResult settled = _chain.ToMarket(Community.Stranger, EnergyMarketContract.Settle(Slot)).Succeeds();

        SettledTrade line = settled.MarketEvents.OfType<MarketEvent.TradeSettled>().Single().Line;
        Assert.That(line.DeliveredWh, Is.EqualTo(1500));
        Assert.That(line.ShortWh, Is.EqualTo(500));
        Assert.That(line.Paid, Is.EqualTo((UInt256)150_000UL));
        Assert.That(line.Fee, Is.EqualTo((UInt256)30_000UL));
        Assert.That(line.Compensation, Is.EqualTo((UInt256)100_000UL), "(300 - 100) x 500 Wh");
        Assert.That(line.CertifiedWh, Is.EqualTo(1500));
        Assert.That(_chain.State.BalanceOf(Community.Grid), Is.EqualTo((UInt256)30_000UL));
        Assert.That(
            _chain.State.BalanceOf(Community.Account(1)),
            Is.EqualTo(Community.Wealth - 150_000UL - 30_000UL + 100_000UL));
        Assert.That(
            _chain.State.BalanceOf(Community.Account(2)),
            Is.EqualTo(Community.Wealth + 150_000UL - 100_000UL + 12_000UL),
            "paid, less compensation, and the reward for 1.5 kWh");
        UInt256 certificate = GreenCertificateContract.CertificateId(Slot, EnergySource.Solar);
        Assert.That(
            _chain.Ask(
                GreenCertificateContract.BalanceOf(Community.Account(1), certificate),
                GreenCertificateContract.Address),
            Is.EqualTo((UInt256)1500UL));
        Assert.That(_chain.Ask(EnergyMarketContract.SummaryOf(Slot)).Phase, Is.EqualTo(SlotPhase.Settled));
    }

    [Test]
    public void Offer_is_accepted_in_part_and_its_rest_joins_the_auction()
    {
        ulong offer = Offer(2, 3000, 120, 0).Succeeds().Id;
        ulong trade = Accept(1, offer, 1000, 120).Succeeds().Id;
        Assert.That(trade, Is.EqualTo(Slot << 16));
        Assert.That(_chain.Ask(EnergyMarketContract.OrderOf(offer)).EnergyWh, Is.EqualTo(2000));
        Buy(3, 500, 200).Succeeds();
        _chain.Now = GateClosure;
        _chain.ToMarket(Community.Stranger, EnergyMarketContract.Clear(Slot)).Succeeds();
        IReadOnlyList<MarketTrade> trades = _chain.Ask(EnergyMarketContract.TradesOf(Slot, 0, 10));
        Assert.That(trades.Select(made => made.EnergyWh), Is.EqualTo(new uint[] { 1000, 500 }));
        Assert.That(trades.Select(made => made.PricePerKwh), Is.All.EqualTo(Community.Price(120)));
    }

    [Test]
    public void Offer_to_one_site_lapses_at_the_gate()
    {
        Offer(2, 3000, 120, 4).Succeeds();
        Buy(3, 500, 200).Succeeds();
        _chain.Now = GateClosure;
        _chain.ToMarket(Community.Stranger, EnergyMarketContract.Clear(Slot)).Succeeds();
        Assert.That(_chain.Ask(EnergyMarketContract.TradesOf(Slot, 0, 10)), Is.Empty);
        Assert.That(_chain.State.BalanceOf(Community.Account(2)), Is.EqualTo(Community.Wealth));
        Assert.That(_chain.State.BalanceOf(Community.Account(3)), Is.EqualTo(Community.Wealth));
    }

    [Test]
    public void Clear_twice_and_clear_without_a_book_change_nothing()
    {
        Buy(1, 2000, 200).Succeeds();
        Sell(2, 2000, 100).Succeeds();
        _chain.Now = GateClosure;
        _chain.ToMarket(Community.Stranger, EnergyMarketContract.Clear(Slot)).Succeeds();
        Assert.That(
            _chain.ToMarket(Community.Stranger, EnergyMarketContract.Clear(Slot)).Succeeds().MarketEvents,
            Is.Empty);
        Assert.That(
            _chain.ToMarket(Community.Stranger, EnergyMarketContract.Clear(Slot - 5)).Succeeds().MarketEvents,
            Is.Empty);
    }

    [Test]
    public void Settle_clears_where_nobody_did()
    {
        Buy(1, 2000, 200).Succeeds();
        Sell(2, 2000, 100).Succeeds();
        _chain.Now = SlotEnd;
        MeterRecord record = Community.Record(Slot, 1, exported: 2000);
        _chain.ToRegistry(Community.Meter(2), MeterRegistryContract.SubmitRecord(record)).Succeeds();
        _chain.Now = ReportDeadline;
        CallResult settled = _chain.ToMarket(Community.Stranger, EnergyMarketContract.Settle(Slot)).Succeeds();
        Assert.That(
            settled.MarketEvents.OfType<MarketEvent.SlotSettled>().Single().Sums.DeliveredWh,
            Is.EqualTo(2000));
    }

    [Test]
    public void Slot_without_trades_settles_once_and_to_nothing()
    {
        _chain.Now = ReportDeadline;
        CallResult settled = _chain.ToMarket(Community.Stranger, EnergyMarketContract.Settle(Slot)).Succeeds();
        Assert.That(
            settled.MarketEvents.Single(),
            Is.EqualTo(new MarketEvent.SlotSettled(
                Slot,
                new SettledSlot(0, 0, 0, UInt256.Zero, UInt256.Zero, UInt256.Zero))));
        Assert.That(
            _chain.ToMarket(Community.Stranger, EnergyMarketContract.Settle(Slot)).Error,
            Is.EqualTo("SlotAlreadySettled"));
    }

    [Test]
    public void Slots_settle_in_any_order()
    {
        PublishTariff(300);
        Buy(1, 2000, 200).Succeeds();
        _chain.Now = ReportDeadline + 100;
        _chain.ToMarket(Community.Stranger, EnergyMarketContract.Settle(Slot + 5)).Succeeds();
        _chain.ToMarket(Community.Stranger, EnergyMarketContract.Settle(Slot)).Succeeds();
        Assert.That(_chain.State.BalanceOf(Community.Account(1)), Is.EqualTo(Community.Wealth));
    }

    [Test]
    public void Late_record_does_not_count_even_where_nobody_has_settled()
    {
        Buy(1, 2000, 200).Succeeds();
        Sell(2, 2000, 100).Succeeds();
        _chain.Now = ReportDeadline;
        MeterRecord record = Community.Record(Slot, 1, exported: 2000);
        CallResult late = _chain.ToRegistry(Community.Meter(2), MeterRegistryContract.SubmitRecord(record)).Succeeds();
        Assert.That(late.RegistryEvents.OfType<RegistryEvent.RecordAccepted>().Single().IsLate, Is.True);
        CallResult settled = _chain.ToMarket(Community.Stranger, EnergyMarketContract.Settle(Slot)).Succeeds();
        Assert.That(settled.MarketEvents.OfType<MarketEvent.SlotSettled>().Single().Sums.DeliveredWh, Is.Zero);
    }

    [TestCase("6000600060006000fd", TestName = "Account_that_reverts_stops_nobody")]
    [TestCase("fe", TestName = "Account_that_burns_its_gas_stops_nobody")]
    [TestCase("5b600056", TestName = "Account_that_loops_stops_nobody")]
    public void Hostile_account_stops_nobody(string code)
    {
        _chain.State.Put(Community.Account(1), Community.Wealth, Convert.FromHexString(code));
        Buy(1, 2000, 200).Succeeds();
        Sell(2, 2000, 100).Succeeds();
        _chain.Now = SlotEnd;
        MeterRecord record = Community.Record(Slot, 1, exported: 2000);
        _chain.ToRegistry(Community.Meter(2), MeterRegistryContract.SubmitRecord(record)).Succeeds();
        _chain.Now = ReportDeadline;
        _chain.ToMarket(Community.Stranger, EnergyMarketContract.Settle(Slot)).Succeeds();
        Assert.That(_chain.State.BalanceOf(Community.Account(2)), Is.EqualTo(Community.Wealth + 300_000UL));
        UInt256 credit = _chain.Ask(EnergyMarketContract.CreditOf(Community.Account(1)));
        Assert.That(credit, Is.EqualTo((UInt256)100_000UL), "the escrow above the clearing price of 150");
        _chain.ToMarket(Community.Account(1), EnergyMarketContract.Withdraw(Community.Stranger)).Succeeds();
        Assert.That(_chain.State.BalanceOf(Community.Stranger), Is.EqualTo(Community.Wealth + credit));
        Assert.That(
            _chain.ToMarket(Community.Account(1), EnergyMarketContract.Withdraw(Community.Stranger)).Error,
            Is.EqualTo("NothingToWithdraw"));
    }

    [Test]
    public void Reentrant_account_gets_a_credit_instead()
    {
        // Calls back clear(0) with all its gas and reverts if that fails: the guard refuses, so the push fails.
        string call = Convert.ToHexStringLower(EnergyMarketContract.Clear(0));
        string code = "63" + call[..8] + "60e01b600052" + "6000600060246000600061" + "1002" + "5af1" + "602257"
            + "60006000fd5b00";
        _chain.State.Put(Community.Account(1), Community.Wealth, Convert.FromHexString(code));
        ulong id = Buy(1, 2000, 150).Succeeds().Id;
        _chain.ToMarket(Community.Account(1), EnergyMarketContract.CancelOrder(id)).Succeeds();
        Assert.That(
            _chain.Ask(EnergyMarketContract.CreditOf(Community.Account(1))),
            Is.EqualTo((UInt256)340_000UL));
    }

    private CallResult Buy(uint site, uint energyWh, ulong thousands) => _chain.ToMarket(
        Community.Account(site),
        EnergyMarketContract.PlaceOrder(Slot, site, OrderKind.Buy, energyWh, Community.Price(thousands)),
        energyWh * (thousands + 20));

    private CallResult Sell(uint site, uint energyWh, ulong thousands) => _chain.ToMarket(
        Community.Account(site),
        EnergyMarketContract.PlaceOrder(Slot, site, OrderKind.Sell, energyWh, Community.Price(thousands)),
        energyWh * 100UL);

    private CallResult Offer(uint site, uint energyWh, ulong thousands, uint counterparty) => _chain.ToMarket(
        Community.Account(site),
        EnergyMarketContract.Offer(Slot, site, energyWh, Community.Price(thousands), counterparty),
        energyWh * 100UL);

    private CallResult Accept(uint site, ulong offer, uint energyWh, ulong thousands) => _chain.ToMarket(
        Community.Account(site),
        EnergyMarketContract.AcceptOffer(offer, site, energyWh),
        energyWh * (thousands + 20));

    private void PublishTariff(ulong retailThousands) => _chain.ToMarket(
        Community.Operator,
        EnergyMarketContract.PublishTariffs(Slot, [Community.Price(retailThousands)], [Community.Price(50)]))
        .Succeeds();
}
