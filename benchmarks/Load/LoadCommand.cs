using System.CommandLine;
using System.Globalization;
using EnergyChain.Benchmarks.Evm;
using EnergyChain.Benchmarks.Load.Workloads;

namespace EnergyChain.Benchmarks.Load;

/// <summary>The command line of <c>benchmarks -- network</c>.</summary>
internal sealed class LoadCommand
{
    private const string Highest = "max";

    private readonly Option<int> _validators = LoadCommandLine.Count("--validators", "Members of the council", 4);
    private readonly Option<int> _relays = LoadCommandLine.Count("--relays", "Relays, which are loaded then", 0);
    private readonly Option<int> _seconds = LoadCommandLine.Count("--seconds", "Seconds that are measured", 30);
    private readonly Option<int> _warmup =
        LoadCommandLine.Count("--warmup", "Seconds of load before", new LoadOptions().WarmupSeconds);

    private readonly Option<int> _senders = LoadCommandLine.Count("--senders", "Accounts that send", 1_000);
    private readonly Option<int> _interval = LoadCommandLine.Count("--interval", "Block interval in ms", 1_000);

    private readonly Option<string> _workload = new("--workload")
    {
        Description = string.Join(", ", WorkloadFactory.Names),
        DefaultValueFactory = _ => TransferWorkload.Name,
    };

    private readonly Option<string> _rate = new("--rate")
    {
        Description = "Transactions each second, or max for the highest that is sustained",
        DefaultValueFactory = _ => Highest,
    };

    private readonly Option<double?> _overload = new("--overload")
    {
        Description = "Afterwards, offers so many times the TPS that was reached",
        HelpName = "F",
    };

    private readonly Option<string?> _json = new("--json") { Description = "File for the report", HelpName = "FILE" };

    private readonly Option<bool> _keep = new("--keep-folder") { Description = "Leaves the nodes' folders and logs" };

    public static Task<int> RunAsync(string[] arguments)
    {
        LoadCommand command = new();
        RootCommand root = new("A network of real node processes under load.")
        {
            command._validators,
            command._relays,
            command._workload,
            command._rate,
            command._seconds,
            command._warmup,
            command._senders,
            command._interval,
            command._overload,
            command._json,
            command._keep,
        };
        root.SetAction((parsed, cancellation) =>
            LoadCommandLine.GuardAsync(() => command.RunAsync(parsed, cancellation), cancellation));
        return LoadCommandLine.InvokeAsync(root, arguments);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        LoadOptions options = OptionsOf(parsed);
        LoadReport report = await new LoadRun(options, Console.Error).RunAsync(cancellationToken);
        return await LoadOutput.FinishAsync(report, options.JsonPath);
    }

    private LoadOptions OptionsOf(ParseResult parsed)
    {
        LoadOptions options = new()
        {
            Validators = parsed.GetValue(_validators),
            Relays = parsed.GetValue(_relays),
            Workload = parsed.GetRequiredValue(_workload),
            Rate = RateOf(parsed.GetRequiredValue(_rate)),
            Seconds = parsed.GetValue(_seconds),
            WarmupSeconds = parsed.GetValue(_warmup),
            Senders = parsed.GetValue(_senders),
            BlockIntervalMs = (ulong)parsed.GetValue(_interval),
            Overload = parsed.GetValue(_overload),
            JsonPath = parsed.GetValue(_json),
            KeepsFolder = parsed.GetValue(_keep),
        };
        LoadOptionsCheck.Run(options);
        return options;
    }

    private static double? RateOf(string text) => text == Highest
        ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double rate) && rate > 0
            ? rate
            : throw new BenchmarkException($"--rate {text}: allowed are max and numbers above 0.");
}
