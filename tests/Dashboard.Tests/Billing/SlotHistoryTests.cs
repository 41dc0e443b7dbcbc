using System.Numerics;
using EnergyChain.Client;
using EnergyChain.Client.Model;
using EnergyChain.Contracts;
using EnergyChain.Core.Primitives;
using EnergyChain.Dashboard.Billing;
using EnergyChain.Dashboard.Energy;
using EnergyChain.Dashboard.History;
using EnergyChain.Market;
using static EnergyChain.Dashboard.Tests.Billing.Rows;

namespace EnergyChain.Dashboard.Tests.Billing;

/// <summary>A history asks only for what it cannot know.</summary>
public sealed class SlotHistoryTests
{
    private static readonly HistoryKey Key = new(1, new SlotSpan(FirstSlot, FirstSlot + 1_440), SlotSeconds);

    [Test]
    public async Task Second_reading_takes_only_what_is_new()
    {
        FakeNode node = new();
        SlotHistory history = new(Key);
        for (ulong i = 0; i < 1_200; i++)
        {
            node.Readings.Add(Reading(FirstSlot + i, 1, 1, 0, 0, 1));
        }

        await history.RefreshAsync(node, CancellationToken.None);
        int first = node.RowsGiven;
        node.Readings.Add(Reading(FirstSlot + 1_200, 1, 5, 0, 0, 5));
        await history.RefreshAsync(node, CancellationToken.None);
        Assert.That((first, node.RowsGiven - first), Is.EqualTo((1_200, 1)));
        Assert.That(history.Metered, Has.Count.EqualTo(1_201));
        Assert.That(history.IsWhole, Is.True);
    }

    [Test]
    public async Task Trade_is_asked_for_again_until_it_is_settled()
    {
        FakeNode node = new();
        SlotHistory history = new(Key);
        node.Trades.Add(Trade(FirstSlot, 1, 1, 2, 10, 1_000, Settled(10, 10, 1_000, 0, 0)));
        node.Trades.Add(Trade(FirstSlot + 1, 1, 1, 2, 20, 1_000, null));
        await history.RefreshAsync(node, CancellationToken.None);
        node.Trades[1] = node.Trades[1] with { Settlement = Settled(20, 15, 1_000, 0, 0) };
        await history.RefreshAsync(node, CancellationToken.None);
        int before = node.RowsGiven;
        await history.RefreshAsync(node, CancellationToken.None);
        Assert.That(history.Trades[node.Trades[1].Id].Settlement?.DeliveredWh, Is.EqualTo(15));
        Assert.That(node.RowsGiven - before, Is.Zero);
    }

    [Test]
    public async Task Row_outside_of_the_span_is_left_out()
    {
        FakeNode node = new();
        SlotHistory history = new(Key);
        node.Trades.Add(Trade(FirstSlot - 1, 1, 1, 2, 10, 1_000, null));
        node.Readings.Add(Reading(FirstSlot + 1_440, 1, 1, 0, 0, 1));
        await history.RefreshAsync(node, CancellationToken.None);
        Assert.That((history.Trades.Count, history.Metered.Count), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task Too_many_rows_begin_at_the_first_whole_slot()
    {
        FakeNode node = new();
        SlotHistory history = new(Key with { Span = new SlotSpan(FirstSlot, FirstSlot + 100_000) });
        for (ulong i = 0; i < SlotHistory.MaxRows + 10; i++)
        {
            node.Readings.Add(Reading(FirstSlot + i, 1, 1, 0, 0, 1));
        }

        await history.RefreshAsync(node, CancellationToken.None);
        Assert.That(history.IsWhole, Is.False);
        Assert.That(history.FirstSlot, Is.EqualTo(FirstSlot + 12));
        Assert.That(history.Metered.Keys.Min(place => place.Slot), Is.EqualTo(history.FirstSlot));
    }

    [Test]
    public async Task Later_tariff_of_a_slot_holds_whenever_it_is_read()
    {
        FakeNode node = new();
        TariffBook book = new();
        node.Events.Add(Event(TariffLog(FirstSlot + 9, 300_000, 1_000), "TariffPublished", FirstSlot));
        node.Events.Add(Event(TariffLog(FirstSlot + 9, 400_000, 1_000), "TariffPublished", FirstSlot + 1));
        IReadOnlyDictionary<ulong, Tariff> first = (await book.ReadAsync(node, Key, CancellationToken.None)).BySlot;
        node.Events.Add(Event(TariffLog(FirstSlot + 9, 500_000, 2_000), "TariffPublished", FirstSlot + 2));
        IReadOnlyDictionary<ulong, Tariff> then = (await book.ReadAsync(node, Key, CancellationToken.None)).BySlot;
        Assert.That(first[FirstSlot + 9].Retail.BaseUnits, Is.EqualTo((UInt128)400_000));
        Assert.That(then[FirstSlot + 9].Retail.BaseUnits, Is.EqualTo((UInt128)500_000));
        Assert.That(node.RowsGiven, Is.EqualTo(3));
    }

    [Test]
    public async Task Least_used_history_is_forgotten()
    {
        FakeNode node = new();
        SlotHistories histories = new();
        for (uint site = 1; site <= SlotHistories.MaxHistories + 3; site++)
        {
            await histories.ReadAsync(node, Key with { Site = site }, _ => 0, CancellationToken.None);
        }

        Assert.That(histories.Count, Is.EqualTo(SlotHistories.MaxHistories));
    }

    [Test]
    public async Task Late_record_of_an_old_slot_makes_no_older_slot_whole()
    {
        FakeNode node = new();
        SlotHistory history = new(Key with { Span = new SlotSpan(FirstSlot, FirstSlot + 100_000) });
        for (ulong i = 0; i < SlotHistory.MaxRows + 10; i++)
        {
            node.Readings.Add(Reading(FirstSlot + i, 1, 1, 0, 0, 1));
        }

        node.Readings.Add(
            Reading(FirstSlot + 1, 1, 5, 0, 0, 5, isLate: true) with { Time = EndOf(FirstSlot + 90_000) });
        await history.RefreshAsync(node, CancellationToken.None);
        Assert.That(history.FirstSlot, Is.EqualTo(FirstSlot + 13));
        Assert.That(history.Metered.Keys.Min(place => place.Slot), Is.EqualTo(history.FirstSlot));
    }

    [Test]
    public async Task Trades_that_are_cut_leave_out_every_slot_that_was_open_then()
    {
        FakeNode node = new();
        SlotHistory history = new(Key with { Span = new SlotSpan(FirstSlot, FirstSlot + 100_000) });
        for (ulong i = 0; i < SlotHistory.MaxRows + 10; i++)
        {
            node.Trades.Add(Trade(FirstSlot + i, 1, 1, 2, 10, 1_000, Settled(10, 10, 1_000, 0, 0)));
        }

        await history.RefreshAsync(node, CancellationToken.None);
        Assert.That(history.FirstSlot, Is.EqualTo(FirstSlot + 11 + MarketLimits.MaxSlotsAhead));
    }

    [Test]
    public async Task Reward_is_found_however_many_came_since()
    {
        FakeNode node = new();
        SlotHistory history = new(Key with { Span = new SlotSpan(FirstSlot, FirstSlot + 1) });
        node.Readings.Add(Reading(FirstSlot, 1, 1, 0, 0, 1));
        for (ulong i = 0; i < 5_000; i++)
        {
            node.Events.Add(Event(RewardLog(FirstSlot + i, 1, 7), "RewardPaid", FirstSlot + i, 1));
        }

        await history.RefreshAsync(node, CancellationToken.None);
        await history.RefreshAsync(node, CancellationToken.None);
        Assert.That(history.Rewards, Is.EqualTo(new Dictionary<ulong, BigInteger> { [FirstSlot] = 7 }));
        Assert.That(node.RowsGiven, Is.EqualTo(2));
    }

    [Test]
    public async Task Reward_is_asked_for_again_where_the_node_failed_between()
    {
        FakeNode node = new() { EventsFailure = new NodeClientException(NodeClientError.Unreachable, "gone") };
        SlotHistory history = new(Key);
        node.Readings.Add(Reading(FirstSlot, 1, 1, 0, 0, 1));
        node.Events.Add(Event(RewardLog(FirstSlot, 1, 7), "RewardPaid", FirstSlot, 1));
        Assert.That(
            async () => await history.RefreshAsync(node, CancellationToken.None),
            Throws.TypeOf<NodeClientException>());
        node.EventsFailure = null;
        await history.RefreshAsync(node, CancellationToken.None);
        Assert.That(history.Rewards[FirstSlot], Is.EqualTo((BigInteger)7));
    }

    [Test]
    public async Task Erased_record_is_counted_once()
    {
        FakeNode node = new();
        node.Erased.Add(new ErasedInfo(Hash32.Zero, 7, new Height(3), "erased by decision 7"));
        SlotHistory history = new(Key);
        await history.RefreshAsync(node, CancellationToken.None);
        await history.RefreshAsync(node, CancellationToken.None);
        Assert.That(history.Erased, Is.EqualTo(1));
    }

    [Test]
    public async Task Histories_are_bounded_by_their_rows()
    {
        FakeNode node = new();
        SlotHistories histories = new();
        ulong rows = SlotHistory.MaxRows - 1_000;
        for (ulong i = 0; i < rows; i++)
        {
            node.Readings.Add(Reading(FirstSlot + i, 1, 1, 0, 0, 1));
        }

        for (uint year = 0; year < 6; year++)
        {
            HistoryKey key = new(1, new SlotSpan(FirstSlot, FirstSlot + rows + year), SlotSeconds);
            await histories.ReadAsync(node, key, _ => 0, CancellationToken.None);
        }

        Assert.That(histories.Count, Is.EqualTo(SlotHistories.MaxRows / (int)rows));
    }

    [Test]
    public async Task Tariffs_that_are_too_many_are_said_not_to_be_known()
    {
        FakeNode node = new();
        for (ulong i = 0; i < 3_000; i++)
        {
            ulong slot = FirstSlot + i;
            node.Events.Add(Event(TariffLog(slot, 300_000, 1_000), "TariffPublished", slot));
        }

        HistoryKey key = Key with { Span = new SlotSpan(FirstSlot, FirstSlot + 3_000) };
        SlotTariffs some = await new TariffBook(1_000).ReadAsync(node, key, CancellationToken.None);
        SlotTariffs all = await new TariffBook().ReadAsync(node, key, CancellationToken.None);
        Assert.That(some.FirstSlot, Is.EqualTo(FirstSlot + 3_000));
        Assert.That((all.FirstSlot, all.BySlot.Count), Is.EqualTo((FirstSlot, 3_000)));
        node.Readings.Add(Reading(FirstSlot + 1, 1, 1_000, 0, 0, 1_000));
        SiteBill bill = await new BillReader(new SlotHistories(), new TariffBook(1_000)).ReadAsync(
            node, 1, key.Span, SlotSeconds, CancellationToken.None);
        Assert.That((bill.IsWhole, bill.Lines.Count), Is.EqualTo((false, 0)));
    }

    [Test]
    public async Task Day_counts_rewards_and_says_what_was_erased()
    {
        FakeNode node = new();
        node.Readings.Add(Reading(FirstSlot, 1, 1, 0, 0, 1));
        node.Events.Add(Event(RewardLog(FirstSlot, 1, 7), "RewardPaid", FirstSlot, 1));
        node.Erased.Add(new ErasedInfo(Hash32.Zero, 7, new Height(3), "erased by decision 7"));
        SiteDay day = await new SiteDayReader(new SlotHistories()).ReadAsync(
            node, 1, Key.Span, SlotSeconds, CancellationToken.None);
        Assert.That((day.Rewards, day.Erased), Is.EqualTo(((BigInteger)7, 1)));
    }
}
