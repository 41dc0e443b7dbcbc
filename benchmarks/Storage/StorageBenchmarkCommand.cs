using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace EnergyChain.Benchmarks.Storage;

/// <summary>The command line of <c>benchmarks -- storage</c>.</summary>
internal static class StorageBenchmarkCommand
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Gives 0 where every figure holds, 1 where one does not.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        Option<bool> json = new("--json") { Description = "One JSON document instead of a table" };
        Option<int> accounts = Number("--accounts", "Accounts of the state", 1_000_000);
        Option<int> blocks = Number("--blocks", "Blocks that the start executes again", 1_000);
        Option<int> transactions = Number("--transactions", "Transfers in each of them", 100);
        Option<string?> relay = new(RelayChild.Option) { Hidden = true };
        RootCommand root = new("What a large state costs: to change, to start with, to hold. Memory needs Linux.")
        {
            json, accounts, blocks, transactions, relay,
        };
        root.SetAction(async (parsed, _) => parsed.GetValue(relay) is { } folder
            ? await RelayChild.RunAsync(folder, parsed.GetValue(blocks))
            : await MeasureAsync(
                parsed.GetValue(accounts),
                parsed.GetValue(blocks),
                parsed.GetValue(transactions),
                parsed.GetValue(json)));
        return await root.Parse(arguments).InvokeAsync();
    }

    private static Option<int> Number(string name, string description, int standard) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => standard,
    };

    private static async Task<int> MeasureAsync(int accounts, int blocks, int transactions, bool json)
    {
        string folder = Directory.CreateTempSubdirectory("energychain-storage-").FullName;
        try
        {
            StorageBenchmark benchmark = new(folder, accounts, blocks, transactions);
            List<StorageFigure> figures = [benchmark.TreeUpdate(), .. await benchmark.RelayAsync()];
            Print(figures, json);
            return figures.TrueForAll(static figure => figure.Holds) ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Print(List<StorageFigure> figures, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(figures, Format));
            return;
        }

        foreach (StorageFigure figure in figures)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{figure.Name,-60} {figure.Value,9:F1} {figure.Unit,-3} below {figure.Limit,6} "
                + $"{(figure.Holds ? "holds" : "MISSED")}"));
        }
    }
}
