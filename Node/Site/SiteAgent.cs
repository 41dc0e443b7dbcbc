using System.Threading.Channels;
using EnergyChain.Contracts;
using EnergyChain.Contracts.Views;
using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Devices.Meters;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Site;

/// <summary>
/// The agent of the site behind a relay node: at the start of every slot it reads what the last one moved, sends the
/// record and places an order for a coming slot; after every block it looks whether slots are to be cleared or settled;
/// in between it keeps the live view. A failing meter or a refused transaction stops none of the rest.
/// </summary>
public sealed class SiteAgent(
    SiteIdentity site,
    SitePlanSource planSource,
    IChain chain,
    TransactionSender sender,
    SiteDesk desk,
    SiteFiles files,
    TimeProvider time,
    ILoggerFactory loggers) : BackgroundService, IChainObserver
{
    private static readonly TimeSpan LongestRead = TimeSpan.FromSeconds(1);

    private readonly ILogger<SiteAgent> _logger = loggers.CreateLogger<SiteAgent>();
    private readonly ContractReader _contracts = new(chain);
    private readonly Channel<bool> _blocks = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Opens the readings first: a node whose site cannot keep them does not start.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            files.Readings.Start();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"The readings of the site cannot be opened: {failure.Message}", failure);
        }

        return base.StartAsync(cancellationToken);
    }

    public void OnCommitted(CommittedBlock block, IReadOnlyList<Receipt> receipts, ChainHead head) =>
        _blocks.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            SitePlan plan = await planSource.Plan.WaitAsync(stoppingToken);
            MarketParameters market =
                _contracts.Ask(EnergyMarketContract.Address, EnergyMarketContract.Parameters());
            RegistryParameters registry =
                _contracts.Ask(MeterRegistryContract.Address, MeterRegistryContract.Parameters());
            await using SiteReader reader = CreateReader(registry);
            MarketDuty duty = new(site, chain, _contracts, sender, market, loggers.CreateLogger<MarketDuty>());
            _logger.Started(site.Id, site.Options.Name, plan.FirstSlot, site.Options.Strategy);
            using IDisposable observation = chain.Observe(this);
            await RunLoopsAsync(
                token => RunSlotsAsync(plan, market, registry, reader, duty, token),
                token => RunBlocksAsync(duty, token),
                token => RunLiveAsync(reader, market, token),
                stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node stops.
        }
    }

    // The slots may come to their end while the other two go on; a loop that fails takes the others, and so the node,
    // with it: whoever looks at a site must not take one that has half stopped for a well one.
    private static async Task RunLoopsAsync(
        Func<CancellationToken, Task> slots,
        Func<CancellationToken, Task> blocks,
        Func<CancellationToken, Task> live,
        CancellationToken stoppingToken)
    {
        using CancellationTokenSource stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        List<Task> running = [slots(stopping.Token), blocks(stopping.Token), live(stopping.Token)];
        Task all = Task.WhenAll(running);
        while (running.Count > 0)
        {
            Task ended = await Task.WhenAny(running);
            running.Remove(ended);
            if (!ended.IsCompletedSuccessfully)
            {
                await stopping.CancelAsync();
            }
        }

        await all;
    }

    private static bool MayGoOn(Exception error, CancellationToken stoppingToken) =>
        error is not InvariantException && !stoppingToken.IsCancellationRequested;

    private SiteReader CreateReader(RegistryParameters registry)
    {
        SiteReaderOptions options = new()
        {
            SlotSeconds = (long)registry.SlotSeconds,
            EnergySecondsPerSlot = (long)registry.EnergySlotSeconds,
        };
        return SiteDevices.Describe(site.Options.Modbus).CreateReader(options, time, files.MeterStates.Load());
    }

    private async Task RunSlotsAsync(
        SitePlan plan,
        MarketParameters market,
        RegistryParameters registry,
        SiteReader reader,
        MarketDuty duty,
        CancellationToken stoppingToken)
    {
        SlotHistory history = new();
        foreach (SlotEnergy energy in plan.History)
        {
            history.Add(energy);
        }

        RecordQueue records = new(site, sender, desk.Journal, loggers.CreateLogger<RecordQueue>());
        MeterDuty meters = new(
            site, reader, records, files.Readings, history, desk.Journal, loggers.CreateLogger<MeterDuty>());
        OrderDuty orders = CreateOrderDuty(plan, market, registry, history);
        int lead = MarketTiming.OrderLead((int)market.SlotSeconds, (int)market.GateLeadSeconds);
        long slot = Math.Max(plan.FirstSlot - lead, reader.SlotAt(time.GetUtcNow()) + 1);
        long seen = slot - 1;
        while (plan.EndSlot is not { } end || slot <= end + MeterDuty.MaxOpenSlots)
        {
            await WaitUntilAsync(reader.EndOf(slot - 1), stoppingToken);
            for (; seen < slot; seen++)
            {
                Prepare(seen, lead, plan, meters, duty);
            }

            try
            {
                await BeginSlotAsync(slot, lead, plan, meters, orders, stoppingToken);
                files.MeterStates.Save(reader.States);
            }
            catch (Exception error) when (MayGoOn(error, stoppingToken))
            {
                _logger.SlotFailed(error, site.Options.Name, slot);
            }

            slot = Math.Max(slot + 1, reader.SlotAt(time.GetUtcNow()));
        }
    }

    // Slots that a slow machine skipped are metered and settled all the same; only their orders are lost.
    private static void Prepare(long ended, int lead, SitePlan plan, MeterDuty meters, MarketDuty duty)
    {
        if (plan.Covers(ended))
        {
            meters.Expect(ended);
        }

        if (plan.Covers(ended + 1 + lead))
        {
            duty.Watch(ended + 1 + lead);
        }
    }

    private static async Task BeginSlotAsync(
        long slot,
        int lead,
        SitePlan plan,
        MeterDuty meters,
        OrderDuty orders,
        CancellationToken stoppingToken)
    {
        Task reading = meters.ReadAsync(stoppingToken);
        Task placing = Task.CompletedTask;

        // A silent meter takes its time-outs; the order does not wait for all of them.
        await Task.WhenAny(reading, Task.Delay(LongestRead, stoppingToken));
        if (plan.Covers(slot + lead))
        {
            placing = orders.PlaceAsync(slot + lead, slot, meters.StoredWh ?? plan.StoredWh);
        }

        // What can fail about an order has been done by now; what became of it may take many slots.
        await Task.WhenAll(reading, placing.IsFaulted ? placing : Task.CompletedTask);
    }

    private OrderDuty CreateOrderDuty(
        SitePlan plan, MarketParameters market, RegistryParameters registry, SlotHistory history)
    {
        SiteOptions options = site.Options;
        long seconds = (long)registry.EnergySlotSeconds;
        BatteryOutlook battery = new(
            options.BatteryCapacityWh, options.BatteryPowerW * seconds / 3600, options.BatteryRoundTripPermille);
        NetForecaster forecaster = new(
            history,
            plan.Calendar,
            new ClearSky(options.Latitude, options.SolarOffsetMinutes),
            battery,
            options.PhotovoltaicW * seconds / 3600);
        ForecastRecord record = new();
        OrderPlanner planner = new(
            OrderStrategies.Create(options.Strategy, options.Seed), record, options.LeastOrderWh);
        return new OrderDuty(
            site, _contracts, sender, history, forecaster, planner, record, market, loggers.CreateLogger<OrderDuty>());
    }

    private async Task RunBlocksAsync(MarketDuty duty, CancellationToken stoppingToken)
    {
        await foreach (bool _ in _blocks.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                duty.OnBlock();
            }
            catch (Exception error) when (MayGoOn(error, stoppingToken))
            {
                _logger.BlockFailed(error, site.Options.Name, chain.Head.Height.Value);
            }
        }
    }

    private async Task RunLiveAsync(SiteReader reader, MarketParameters market, CancellationToken stoppingToken)
    {
        TimeSpan period = TimeSpan.FromSeconds(Math.Clamp(market.SlotSeconds / 2.0, 1, 5));
        using PeriodicTimer timer = new(period, time);
        Dictionary<string, DeviceCondition> known = [];
        do
        {
            try
            {
                await LookLiveAsync(reader, known, stoppingToken);
            }
            catch (Exception error) when (MayGoOn(error, stoppingToken))
            {
                _logger.LiveFailed(error, site.Options.Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task LookLiveAsync(
        SiteReader reader, Dictionary<string, DeviceCondition> known, CancellationToken stoppingToken)
    {
        SiteSample sample = await reader.ReadLiveAsync(stoppingToken);
        IReadOnlyList<DeviceHealth> health = reader.Health;
        desk.Update(sample, health);
        foreach (DeviceHealth device in health)
        {
            Tell(device, known.GetValueOrDefault(device.Name, DeviceCondition.Ok));
            known[device.Name] = device.Condition;
        }
    }

    private void Tell(DeviceHealth device, DeviceCondition before)
    {
        if (device.Condition == before)
        {
            return;
        }

        if (device.IsOk)
        {
            _logger.DeviceWell(site.Options.Name, device.Name);
        }
        else
        {
            _logger.DeviceFault(site.Options.Name, device.Name, device.Condition.ToString(), device.Advice);
        }
    }

    private async Task WaitUntilAsync(DateTimeOffset moment, CancellationToken stoppingToken)
    {
        while (moment - time.GetUtcNow() is { Ticks: > 0 } left)
        {
            TimeSpan step = left < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : left;
            await Task.Delay(step, time, stoppingToken);
        }
    }
}
