using EnergyChain.Core.Primitives;
using EnergyChain.Dashboard.Billing;
using EnergyChain.Dashboard.Energy;
using EnergyChain.Dashboard.History;
using EnergyChain.Dashboard.Hosting;
using EnergyChain.Dashboard.Live;
using EnergyChain.Dashboard.Tests.Billing;
using EnergyChain.Dashboard.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EnergyChain.Dashboard.Tests.Live;

/// <summary>What is read before the first visitor comes.</summary>
public sealed class WarmUpTests
{
    private const uint Site = 3;

    [Test]
    public async Task Day_and_month_of_the_first_site_are_there_for_the_first_visitor()
    {
        FakeTimeProvider time = new(DateTimeOffset.FromUnixTimeSeconds(1_780_000_000));
        FakeNode node = new()
        {
            OnCall = FakeContracts.Answer,
            Sites = [new(Site, "", Address.FromNumber(1), new BlockTime(1), null, null, null, null, null, null, [])],
        };
        node.Readings.Add(
            Rows.Reading((ulong)time.GetUtcNow().ToUnixTimeSeconds() / Rows.SlotSeconds, Site, 5, 0, 0, 5));
        using NodeSession session = new(
            node, DashboardContext.Options, time, NullLogger<NodeSession>.Instance);
        using SharedAnswers answers = new(session, time, NullLogger<SharedAnswers>.Instance);
        SlotHistories histories = new();
        SiteDayReader days = new(histories);
        BillReader bills = new(histories, new TariffBook());
        SiteClock clock = new(TimeZoneInfo.Utc);
        using WarmUp warmUp = new(session, answers, days, bills, clock, time);
        await warmUp.StartAsync(CancellationToken.None);
        await session.StartAsync(CancellationToken.None);

        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
        while (!warmUp.ExecuteTask!.IsCompleted)
        {
            // In small steps: the day must still be the same when the reading comes to it.
            patience.Token.ThrowIfCancellationRequested();
            time.Advance(TimeSpan.FromMilliseconds(1));
            await Task.Yield();
        }

        await warmUp.ExecuteTask;
        BillPeriod month = BillPeriod.DayOf(time.GetUtcNow(), clock).Month;
        using LiveAnswer<SiteDay> day = answers.Watch(
            days.Query(Site, Rows.SlotSeconds, clock, time), static () => { });
        using LiveAnswer<SiteBill> bill = answers.Watch(
            bills.Query(Site, month, Rows.SlotSeconds, clock, time.GetUtcNow()), static () => { });
        Assert.That(day.Value?.Records, Is.EqualTo(1));
        Assert.That(bill.Value?.Lines, Has.Count.EqualTo(1));
        await session.StopAsync(CancellationToken.None);
    }

    [Test]
    public async Task Stop_ends_the_waiting_for_a_node_that_never_answers()
    {
        FakeTimeProvider time = new();
        using NodeSession session = new(
            new FakeNode(), DashboardContext.Options, time, NullLogger<NodeSession>.Instance);
        using SharedAnswers answers = new(session, time, NullLogger<SharedAnswers>.Instance);
        SlotHistories histories = new();
        using WarmUp warmUp = new(
            session,
            answers,
            new SiteDayReader(histories),
            new BillReader(histories, new TariffBook()),
            new SiteClock(TimeZoneInfo.Utc),
            time);
        await warmUp.StartAsync(CancellationToken.None);
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
        while (session.WatcherCount < 2)
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        await warmUp.StopAsync(CancellationToken.None);
        Assert.That(warmUp.ExecuteTask!.IsCanceled, Is.True);
        Assert.That(session.WatcherCount, Is.EqualTo(1), "only the shared answers watch on");
    }
}
