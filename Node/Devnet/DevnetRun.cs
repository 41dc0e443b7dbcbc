using System.Numerics;
using EnergyChain.Core.Crypto;
using EnergyChain.Node.Devnet.Report;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Setup;
using EnergyChain.Node.Site;

namespace EnergyChain.Node.Devnet;

/// <summary>One run of a devnet: start, set up, trade, report, stop.</summary>
public sealed class DevnetRun(
    DevnetOptions options, DevnetLayout layout, Community community, TextWriter output, TimeProvider time)
{
    private static readonly TimeSpan Preparation = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ComparePatience = TimeSpan.FromSeconds(30);

    private readonly MarketTiming _timing = MarketTiming.For(options.SlotSeconds);
    private readonly FaultLog _faults = new();

    /// <summary>Runs to the end of the slots or until cancelled, and gives the exit code.</summary>
    public async Task<int> RunAsync(IDevnetView view, CancellationToken cancellation)
    {
        await using DevnetNetwork network = new();
        output.WriteLine(
            $"Starting {layout.Validators} validators and {layout.Homes.Count} sites in {layout.Root} ...");
        await network.StartAsync(layout, options, community, _faults, cancellation);
        HistoryFollower history = new(network.Chain);
        using DevnetOperator operators = new(network.Sites[0].Host.Sender, community, options);
        await operators.SetUpAsync().WaitAsync(cancellation);
        DevnetSchedule schedule = await BeginAsync(network, operators, cancellation);
        RunStart start = TakeStart(history);
        await using DashboardProcess? dashboard = options.HasDashboard
            ? await DashboardProcess.TryStartAsync(layout, output, time, cancellation)
            : null;
        new DevnetGreeting(layout, network, community, schedule, dashboard).Write(output);

        using CancellationTokenSource viewStop = new();
        DevnetBoard board = new(network, history, _faults, schedule, time);
        Task shown = view.RunAsync(board.Take, viewStop.Token);
        bool isComplete = await TradeAsync(schedule, history, operators, cancellation);
        await viewStop.CancelAsync();
        await EndOfViewAsync(shown);

        // The report is written after Ctrl-C too, of the slots that are settled.
        RunReport report = await ReportAsync(network, history, schedule, start, isComplete, CancellationToken.None);
        string path = Path.GetFullPath(options.Report ?? Path.Combine(layout.Root, "report.json"));
        RunReportFile.Write(path, report);
        ReportSummary.Write(output, report, path);
        if (!isComplete)
        {
            output.WriteLine($"Stopped: the report covers the {report.Slots.Count} slots that are settled.");
        }

        return isComplete && report.Discrepancies.Count > 0 ? ExitCode.NotReconciled : ExitCode.Success;
    }

    // A terminal that fails must not cost the report.
    private async Task EndOfViewAsync(Task shown)
    {
        await shown.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (shown.Exception?.InnerException is { } error)
        {
            await output.WriteLineAsync($"The view failed: {error.Message}");
        }
    }

    private async Task<DevnetSchedule> BeginAsync(
        DevnetNetwork network, DevnetOperator operators, CancellationToken cancellation)
    {
        long first = DevnetSchedule.FirstSlotAfter(time.GetUtcNow(), _timing, Preparation);
        long rows = Math.Min(community.RowCount, int.MaxValue);
        int? count = options.Slots > 0 ? options.Slots : options.Profiles is null ? null : (int)rows;
        DevnetSchedule schedule = new(_timing, first, count, community.Calendar(first));
        foreach (DevnetSite site in network.Sites)
        {
            await site.BeginAsync(options, layout, community, first, schedule.EndSlot, cancellation);
        }

        await operators.PublishTariffsAsync(first, first, schedule.EndSlot).WaitAsync(cancellation);
        return schedule;
    }

    private static RunStart TakeStart(HistoryFollower history) => history.ReadWithSupply(
        (run, supply) => new RunStart(supply.Height.Value, supply, run.Rewards));

    private async Task<bool> TradeAsync(
        DevnetSchedule schedule, HistoryFollower history, DevnetOperator operators, CancellationToken cancellation)
    {
        using PeriodicTimer timer = new(LookEvery, time);
        try
        {
            while (schedule.SlotCount is not { } count || history.Read(schedule.SettledCount) < count)
            {
                await timer.WaitForNextTickAsync(cancellation);
                long coming = schedule.SlotAt(time.GetUtcNow()) + schedule.OrderLeadSlots + 1;
                if (operators.PublishedEnd - coming < DevnetOperator.TariffSlotsAhead / 2)
                {
                    await PublishAsync(schedule, operators, coming).WaitAsync(cancellation);
                }
            }

            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    // After a standstill of the chain the gate may have closed meanwhile: the next look tries later slots.
    private async Task PublishAsync(DevnetSchedule schedule, DevnetOperator operators, long coming)
    {
        try
        {
            await operators.PublishTariffsAsync(schedule.FirstSlot, coming, schedule.EndSlot);
        }
        catch (InvalidOperationException error)
        {
            _faults.Add(new FaultRow(
                (ulong)time.GetUtcNow().ToUnixTimeMilliseconds(), "operator", "tariffs", error.Message));
        }
    }

    private async Task<RunReport> ReportAsync(
        DevnetNetwork network,
        HistoryFollower history,
        DevnetSchedule schedule,
        RunStart start,
        bool isComplete,
        CancellationToken cancellation)
    {
        IReadOnlyList<NodeRow> nodes = await network.CompareAsync(ComparePatience, cancellation);
        double[] finality = [.. network.Sites.SelectMany(site => site.Host.Sender.FinalityMs)];
        return history.ReadWithSupply((run, after) => ReportBuilder.Build(new ReportInputs
        {
            Chain = ChainFigures.Of(run, nodes, start.Height, finality),
            Parameters = ParametersOf(network),
            History = run,
            Calendar = schedule.Calendar,
            FirstSlot = schedule.FirstSlot,
            SlotCount = schedule.SettledCount(run),
            IsComplete = isComplete,
            Sites = ReportSites(run, schedule),
            Before = start.Supply,
            After = after,
            RewardsBefore = start.Rewards,
            Faults = _faults.Rows,
        }));
    }

    private ParametersSection ParametersOf(DevnetNetwork network)
    {
        GenesisPlan plan = GenesisPlan.Development(options.Validators, _timing);
        return new ParametersSection
        {
            SlotSeconds = _timing.SlotSeconds,
            EnergySlotSeconds = plan.EnergySlotSeconds,
            GateLeadSeconds = _timing.GateLeadSeconds,
            ReportWindowSeconds = _timing.ReportWindowSeconds,
            OrderLeadSlots = _timing.OrderLeadSlots,
            GridFee = Money.PerKwh(options.GridFee),
            Collateral = plan.CollateralPerKwh,
            Reward = plan.RewardPerKwh,
            GasPrice = network.Chain.Genesis.Parameters.GasPrice.ToBigInteger(),
            ChainId = network.Chain.Genesis.ChainId.Value,
            Strategy = options.Strategy,
            Seed = options.Seed,
            Profiles = options.Profiles ?? "built-in",
        };
    }

    // The demo account is a site too; it is in the report where it has traded.
    private List<ReportSite> ReportSites(RunHistory run, DevnetSchedule schedule)
    {
        List<ReportSite> sites = [];
        for (int number = 1; number <= community.Homes.Count; number++)
        {
            using SigningKey account = DevelopmentKeys.SiteAccount(number);
            sites.Add(new ReportSite((uint)number, layout.Homes[number - 1], account.Address, IsMetered: true));
        }

        uint demoSite = DevnetOperator.DemoSite(community);
        IEnumerable<int> slots = Enumerable.Range(0, schedule.SettledCount(run));
        if (slots.Any(i => run.Money(schedule.FirstSlot + i, demoSite) != SiteMoney.Zero))
        {
            using SigningKey demo = DevelopmentKeys.Demo();
            sites.Add(new ReportSite(demoSite, "demo", demo.Address, IsMetered: false));
        }

        return sites;
    }

    private sealed record RunStart(ulong Height, SupplySnapshot Supply, BigInteger Rewards);
}
