using EnergyChain.Benchmarks.Load;
using EnergyChain.Benchmarks.Load.Workloads;
using EnergyChain.Contracts;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Benchmarks.Tests;

internal sealed class WorkloadTests
{
    private const int Lanes = 3;
    private const int Senders = 10;
    private const ulong NowMs = 1_800_000_000_000;

    private static readonly ChainParameters Parameters = new() { ChainId = new ChainId(7) };

    private static IReadOnlyList<string> Names => WorkloadFactory.Names;

    [TestCaseSource(nameof(Names))]
    public void Lanes_of_every_workload_are_chains_of_nonces_of_senders_of_their_own(string name)
    {
        (ILoadWorkload workload, _) = Factory(name).Create(NowMs, 500);
        Dictionary<Address, (int Lane, ulong Next)> senders = [];
        for (int lane = 0; lane < Lanes; lane++)
        {
            for (int index = 0; index < 60; index++)
            {
                Transaction transaction = workload.Sign(lane, index);
                (int its, ulong next) = senders.GetValueOrDefault(transaction.Sender, (lane, 0UL));
                Assert.That((its, transaction.Body.Nonce), Is.EqualTo((lane, next)));
                Assert.That(transaction.SignaturesHold(), Is.True);
                senders[transaction.Sender] = (lane, next + 1);
            }
        }

        Assert.That(senders.Keys, Is.SubsetOf(workload.Needs.Funded));
    }

    [Test]
    public void Mix_has_two_transfers_two_orders_and_a_record_in_five()
    {
        (ILoadWorkload workload, _) = Factory(MixedWorkload.Name).Create(NowMs, 500);
        Address?[] to = [.. Enumerable.Range(0, 50).Select(index => workload.Sign(0, index).Body.To)];

        Assert.That(to.Count(address => address == EnergyMarketContract.Address), Is.EqualTo(20));
        Assert.That(to.Count(address => address == MeterRegistryContract.Address), Is.EqualTo(10));
    }

    [Test]
    public void Orders_fill_books_faster_than_slots_pass_and_begin_before_the_first_gate()
    {
        MarketCalendar calendar = MarketCalendar.From(NowMs, 100);

        Assert.That(calendar.StartsAtMs, Is.GreaterThanOrEqualTo(NowMs));
        Assert.That(calendar.OrdersPerSlot, Is.EqualTo(100));
        Assert.That(calendar.SlotOf(99), Is.EqualTo(calendar.FirstSlot));
        Assert.That(calendar.SlotOf(100), Is.EqualTo(calendar.FirstSlot + 1));
        for (int second = 0; second < 300; second++)
        {
            ulong time = (calendar.StartsAtMs / 1_000) + (ulong)second;
            Assert.That(time, Is.LessThan(MarketCalendar.GateOf(calendar.SlotOf(second * 100L))));
        }
    }

    [Test]
    public void Books_hold_no_more_than_the_contract_takes() => Assert.That(
        MarketCalendar.From(NowMs, 1_000_000).OrdersPerSlot, Is.EqualTo(MarketLimits.MaxOrdersPerSlot));

    [Test]
    public void Sellers_of_a_slot_are_those_whose_sell_orders_are_for_it()
    {
        (_, TradeWorkload? trades) = Factory(TradeWorkload.Name).Create(NowMs, 7);
        ulong slot = trades!.Calendar.FirstSlot + 1;
        HashSet<Address> sellers = [];
        for (int number = 7; number < 14; number++)
        {
            Transaction order = trades.Sign(number % Lanes, number / Lanes);
            if (order.Body.Data.Span[4 + 95] == (byte)OrderKind.Sell)
            {
                sellers.Add(order.Sender);
            }
        }

        Assert.That(sellers, Is.Not.Empty);
        Assert.That(
            trades.SellersOf(slot).Select(place => trades.Needs.Sites[place].Account), Is.EquivalentTo(sellers));
    }

    private static WorkloadFactory Factory(string workload) =>
        new(new LoadOptions { Workload = workload, Senders = Senders }, Lanes, Parameters);
}
