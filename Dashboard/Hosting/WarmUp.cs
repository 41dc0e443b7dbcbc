using EnergyChain.Dashboard.Billing;
using EnergyChain.Dashboard.Energy;
using EnergyChain.Dashboard.Live;
using EnergyChain.Dashboard.Text;

namespace EnergyChain.Dashboard.Hosting;

/// <summary>
/// Reads, as soon as the node has answered, what the first visitor would otherwise wait for: the day and the month of
/// the first site. They are then kept as if somebody had looked at them.
/// </summary>
internal sealed class WarmUp(
    NodeSession session,
    SharedAnswers answers,
    SiteDayReader days,
    BillReader bills,
    SiteClock clock,
    TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        (uint site, ulong slotSeconds) = await FirstSiteAsync(stoppingToken);
        DateTimeOffset now = time.GetUtcNow();
        BillPeriod today = BillPeriod.DayOf(now, clock);
        await ReadAsync(days.Query(site, slotSeconds, clock, time), stoppingToken);
        await ReadAsync(bills.Query(site, today, slotSeconds, clock, now), stoppingToken);
        await ReadAsync(bills.Query(site, today.Month, slotSeconds, clock, now), stoppingToken);
    }

    // A chain without a market, or a node without sites, has nothing to read.
    private async Task<(uint Site, ulong SlotSeconds)> FirstSiteAsync(CancellationToken stop)
    {
        TaskCompletionSource<(uint, ulong)> known = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using IDisposable watch = session.Watch(() =>
        {
            if (session.Current is { Market: { } market, Sites: [{ } first, ..] })
            {
                known.TrySetResult((first.Site, market.SlotSeconds));
            }
        });
        return await known.Task.WaitAsync(stop);
    }

    private async Task ReadAsync<T>(LiveQuery<T> query, CancellationToken stop)
    {
        using LiveAnswer<T> answer = answers.Watch(query, static () => { });
        await answer.First.WaitAsync(stop);
    }
}
