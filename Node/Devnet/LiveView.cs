using System.Globalization;
using EnergyChain.Node.Api;
using EnergyChain.Node.Devnet.Report;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace EnergyChain.Node.Devnet;

/// <summary>The live view in a terminal.</summary>
public sealed class LiveView(IAnsiConsole console, TimeProvider time) : IDevnetView
{
    private const int ShownFaults = 6;
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    public async Task RunAsync(Func<DevnetSnapshot> take, CancellationToken cancellation)
    {
        using PeriodicTimer timer = new(Period, time);
        await console.Live(Build(take())).StartAsync(async context =>
        {
            try
            {
                while (await timer.WaitForNextTickAsync(cancellation))
                {
                    context.UpdateTarget(Build(take()));
                    context.Refresh();
                }
            }
            catch (OperationCanceledException)
            {
                context.UpdateTarget(Build(take()));
            }
        });
    }

    /// <summary>The picture of one snapshot.</summary>
    internal static IRenderable Build(DevnetSnapshot snapshot) => new Rows(
        Headline(snapshot), Validators(snapshot), Sites(snapshot), Slots(snapshot), Faults(snapshot));

    private static Markup Headline(DevnetSnapshot snapshot)
    {
        string of = snapshot.SlotCount is { } count ? $"/{count}" : string.Empty;
        string slots = snapshot.CurrentIndex < 0
            ? $"first slot in {-snapshot.CurrentIndex}"
            : $"slot {snapshot.CurrentIndex + 1}{of}";
        return new Markup(string.Create(
            CultureInfo.InvariantCulture,
            $"[bold]height {snapshot.Height}[/]  interval {snapshot.IntervalMs:0} ms  "
            + $"{snapshot.TransactionsPerSecond:0.0} tx/s  pool {snapshot.PoolTransactions}  "
            + $"{slots}, {snapshot.SettledSlots} settled"));
    }

    private static Columns Validators(DevnetSnapshot snapshot) => new(snapshot.Validators.Select(validator =>
    {
        string pid = validator.ProcessId > 0 ? $" pid {validator.ProcessId}" : string.Empty;
        string colour = validator.State is ProcessState.Running or ProcessState.RunningByHand ? "green" : "red";
        string restarts = validator.Restarts > 0 ? $", {validator.Restarts} restarts" : string.Empty;
        return new Markup($"[{colour}]{validator.Name} {validator.State}[/]{pid}{restarts}");
    }));

    private static Table Sites(DevnetSnapshot snapshot)
    {
        Table table = new Table().RoundedBorder().AddColumn("site");
        foreach (string title in new[] { "PV W", "load W", "grid W", "battery W", "SoC" })
        {
            table.AddColumn(new TableColumn(title).RightAligned());
        }

        table.AddColumn("devices");
        foreach (SiteSnapshot site in snapshot.Sites)
        {
            DeviceSnapshot[] unwell = [.. site.Devices.Where(device => device.State != DeviceState.Ok)];
            string states = string.Join(", ", unwell.Select(device => $"{device.Name} {device.State}"));
            string devices = unwell.Length == 0 ? "[green]ok[/]" : $"[red]{Markup.Escape(states)}[/]";
            table.AddRow(
                Markup.Escape(site.Name),
                Number(site.ProductionW),
                Number(site.ConsumptionW),
                Number(site.GridW),
                Number(site.BatteryW),
                Charge(site),
                devices);
        }

        return table;
    }

    private static Table Slots(DevnetSnapshot snapshot)
    {
        Table table = new Table().RoundedBorder().AddColumn("slot").AddColumn("start");
        foreach (string title in new[] { "retail", "orders", "trades", "traded Wh", "price", "delivered Wh" })
        {
            table.AddColumn(new TableColumn(title).RightAligned());
        }

        table.AddColumn("state");
        foreach ((long index, string start, SlotFacts facts) in snapshot.Slots)
        {
            string state = facts.IsSettled ? "[green]settled[/]" : facts.IsCleared ? "cleared" : "open";
            table.AddRow(
                Number(index + 1),
                start,
                Money.Text(facts.Retail),
                Number(facts.Orders),
                Number(facts.Trades),
                Number(facts.ClearedWh),
                facts.ClearedWh == 0 ? "-" : Money.Text(facts.ClearingPrice),
                facts.IsSettled ? Number(facts.DeliveredWh) : "-",
                state);
        }

        return table;
    }

    private static Rows Faults(DevnetSnapshot snapshot) => new(
        snapshot.Faults.TakeLast(ShownFaults).Reverse().Select(fault =>
            new Markup($"[red]{fault.Kind} {Markup.Escape(fault.Name)}[/] {Markup.Escape(fault.Reason)}")));

    private static string Charge(SiteSnapshot site) =>
        site is { SocWh: { } soc, BatteryCapacityWh: > 0 and var capacity } ? $"{soc * 100 / capacity} %" : "-";

    private static string Number(long? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "-";
}
