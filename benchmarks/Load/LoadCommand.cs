using System.CommandLine;
using System.Globalization;
using EnergyChain.Benchmarks.Evm;
using EnergyChain.Benchmarks.Load.Workloads;

namespace EnergyChain.Benchmarks.Load;

/// <summary>The command line of <c>benchmarks -- network</c>.</summary>
internal sealed class LoadCommand
{
    private const int Passed = 0;
    private const int Failed = 1;
    private const int Usage = 2;
    private const int Interrupted = 130;
    private const string Highest = "max";

    private readonly Option<int> _validators = Count("--validators", "Members of the council", 4);
    private readonly Option<int> _relays = Count("--relays", "Relays; where there are any, they are loaded", 0);
    private readonly Option<int> _seconds = Count("--seconds", "Seconds that are measured", 30);
    private readonly Option<int> _warmup = Count("--warmup", "Seconds of load before", 8);
    private readonly Option<int> _senders = Count("--senders", "Accounts that send", 1_000);
    private readonly Option<int> _interval = Count("--interval", "Block interval of the chain in ms", 1_000);

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

    public static async Task<int> RunAsync(string[] arguments)
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
        root.SetAction(command.RunAsync);
        ParseResult parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            await Console.Error.WriteLineAsync(string.Join(" ", parsed.Errors.Select(error => error.Message)));
            return Usage;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    private static Option<int> Count(string name, string description, int byDefault) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => byDefault,
        HelpName = "N",
    };

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            LoadOptions options = OptionsOf(parsed);
            LoadReport report = await new LoadRun(options, Console.Error).RunAsync(cancellationToken);
            LoadOutput.Print(report);
            if (options.JsonPath is { } path)
            {
                await File.WriteAllTextAsync(path, LoadOutput.ToJson(report), CancellationToken.None);
            }

            return report.Violations.Count == 0 ? Passed : Failed;
        }
        catch (BenchmarkException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return Usage;
        }
        catch (Exception failure) when (failure is TimeoutException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync("FAILED " + failure.Message);
            return Failed;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("interrupted");
            return Interrupted;
        }
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
