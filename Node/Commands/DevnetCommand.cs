using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using EnergyChain.Node.Devnet;

namespace EnergyChain.Node.Commands;

/// <summary><c>devnet</c>: a local network of validators and trading sites in one command.</summary>
internal static class DevnetCommand
{
    private static readonly DevnetOptions Defaults = new();

    private static readonly Option<int> Validators = Number("--validators", "Validator processes", Defaults.Validators);

    private static readonly Option<string?> Profiles = new("--profiles")
    {
        Description = "Folder with home_NN.csv, homes.json and grid.csv; without it a built-in model",
    };

    private static readonly Option<int?> Sites = new("--sites")
    {
        Description = "Number of sites; without it all homes of the profiles, or 10",
    };

    private static readonly Option<DateTime> From = new("--from")
    {
        Description = "interval_start of the first slot, such as 2016-08-01T00:00",
        DefaultValueFactory = _ => Defaults.From,
        CustomParser = ReadTime,
    };

    private static readonly Option<int> Slots =
        Number("--slots", "Slots to settle; 0 runs until stopped", Defaults.Slots);

    private static readonly Option<int> SlotSeconds =
        Number("--slot-seconds", "Seconds of a slot, which stands for an hour of the data", Defaults.SlotSeconds);

    private static readonly Option<decimal> FeedIn = Price("--feed-in", "Feed-in tariff per kWh", Defaults.FeedIn);

    private static readonly Option<decimal> GridFee = Price("--grid-fee", "Grid fee per traded kWh", Defaults.GridFee);

    private static readonly Option<string> Strategy =
        Text("--strategy", "Order strategy of the sites", Defaults.Strategy);

    private static readonly Option<ulong> Seed = new("--seed")
    {
        Description = "Seed of the built-in model and of strategies that draw",
        DefaultValueFactory = _ => Defaults.Seed,
    };

    private static readonly Option<string> DataDirectory =
        Text("--data-dir", "Folder for everything; a devnet's earlier content is deleted", Defaults.DataDirectory);

    private static readonly Option<int> BasePort = Number("--base-port", "First port", Defaults.BasePort);

    private static readonly Option<string?> Report = new("--report") { Description = "Where the JSON report goes" };

    private static readonly Option<bool> NoUi = new("--no-ui")
    {
        Description = "Plain lines in place of the live view",
    };

    private static readonly Option<bool> NoDashboard = new("--no-dashboard")
    {
        Description = "Leaves the dashboard out",
    };

    private static readonly Option<int> RestartAfter = Number(
        "--restart-after", "Seconds until a fallen validator is started again; 0 never", Defaults.RestartAfterSeconds);

    private static readonly Option<string[]> MeterFaults = new("--meter-fault")
    {
        Description = "SITE:DEVICE:KIND:SLOTS, for example home_03:grid:silent:5-7; repeatable",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<bool> StopWithInput =
        InputEnd.Option("Stop when standard input ends, so that nothing outlives who started it");

    public static Command Create()
    {
        Command command = new("devnet", "Runs a local network: validators as processes, sites on loopback.")
        {
            Validators, Profiles, Sites, From, Slots, SlotSeconds, FeedIn, GridFee, Strategy, Seed, DataDirectory,
            BasePort, Report, NoUi, NoDashboard, RestartAfter, MeterFaults, StopWithInput,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (parsed.GetValue(StopWithInput))
        {
            _ = InputEnd.CancelAsync(stop);
        }

        return await DevnetRunner.RunAsync(Read(parsed), parsed.InvocationConfiguration.Output, stop.Token);
    }

    private static DevnetOptions Read(ParseResult parsed) => new()
    {
        Validators = parsed.GetValue(Validators),
        Profiles = parsed.GetValue(Profiles),
        Sites = parsed.GetValue(Sites),
        From = parsed.GetValue(From),
        Slots = parsed.GetValue(Slots),
        SlotSeconds = parsed.GetValue(SlotSeconds),
        FeedIn = parsed.GetValue(FeedIn),
        GridFee = parsed.GetValue(GridFee),
        Strategy = parsed.GetValue(Strategy)!,
        Seed = parsed.GetValue(Seed),
        DataDirectory = parsed.GetValue(DataDirectory)!,
        BasePort = parsed.GetValue(BasePort),
        Report = parsed.GetValue(Report),
        NoUi = parsed.GetValue(NoUi),
        HasDashboard = !parsed.GetValue(NoDashboard),
        RestartAfterSeconds = parsed.GetValue(RestartAfter),
        MeterFaults = parsed.GetValue(MeterFaults) ?? [],
    };

    private static DateTime ReadTime(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (DateTime.TryParseExact(
            text, "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time))
        {
            return time;
        }

        result.AddError($"--from is '{text}'; allowed is a local time such as 2016-08-01T00:00.");
        return default;
    }

    private static decimal ReadPrice(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal price))
        {
            return price;
        }

        result.AddError($"{((OptionResult)result.Parent!).Option.Name} is '{text}'; allowed is a number such as 0.05.");
        return default;
    }

    private static Option<int> Number(string name, string description, int standard) =>
        new(name) { Description = description, DefaultValueFactory = _ => standard };

    private static Option<string> Text(string name, string description, string standard) =>
        new(name) { Description = description, DefaultValueFactory = _ => standard };

    private static Option<decimal> Price(string name, string description, decimal standard) =>
        new(name) { Description = description, DefaultValueFactory = _ => standard, CustomParser = ReadPrice };
}
