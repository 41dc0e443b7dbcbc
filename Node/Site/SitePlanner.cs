using EnergyChain.Contracts;
using EnergyChain.Contracts.Views;
using EnergyChain.Node.Execution;

namespace EnergyChain.Node.Site;

/// <summary>
/// Gives a site on a real chain its plan: slots are their own time, metering begins with the next slot and does not
/// end. The devnet puts its own source of plans in the place of this one's.
/// </summary>
internal sealed class SitePlanner(SitePlanSource source, IChain chain, TimeProvider time) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!source.IsExternal)
        {
            MarketParameters market = new ContractReader(chain)
                .Ask(EnergyMarketContract.Address, EnergyMarketContract.Parameters());
            long seconds = (long)market.SlotSeconds;
            long next = (time.GetUtcNow().ToUnixTimeSeconds() / seconds) + 1;
            SlotCalendar calendar = new(0, DateTime.UnixEpoch, TimeSpan.FromSeconds(seconds));
            source.Set(new SitePlan(calendar, next, EndSlot: null, History: [], StoredWh: 0));
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
