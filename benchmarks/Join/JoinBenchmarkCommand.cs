using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace EnergyChain.Benchmarks.Join;

/// <summary>The command line of <c>benchmarks -- join</c>.</summary>
internal static class JoinBenchmarkCommand
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Gives 0 where every figure holds, 1 where one does not.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        Option<bool> json = new("--json") { Description = "One JSON document instead of a table" };
        Option<int> blocks = new("--blocks")
        {
            Description = "Blocks to join by",
            DefaultValueFactory = static _ => 10_000,
        };
        Option<int> transactions = new("--transactions")
        {
            Description = "Transfers in each block of the second run",
            DefaultValueFactory = static _ => 10,
        };
        Option<int> accounts = new("--accounts")
        {
            Description = "Accounts of the snapshot; 0 for none",
            DefaultValueFactory = static _ => 0,
        };
        RootCommand root = new("How fast a fresh node joins, block by block and by a snapshot.")
        {
            json, blocks, transactions, accounts,
        };
        root.SetAction(async (parsed, _) => await MeasureAsync(
            parsed.GetValue(blocks),
            parsed.GetValue(transactions),
            parsed.GetValue(accounts),
            parsed.GetValue(json)));
        return await root.Parse(arguments).InvokeAsync();
    }

    private static async Task<int> MeasureAsync(int blocks, int transactions, int accounts, bool json)
    {
        string folder = Directory.CreateTempSubdirectory("energychain-join-").FullName;
        try
        {
            JoinBenchmark benchmark = new(folder);
            List<JoinFigure> figures = [];
            if (blocks > 0)
            {
                figures.Add(benchmark.Blocks("blocks without transactions", blocks, 0));
                figures.Add(benchmark.Blocks($"blocks of {transactions} transfers", blocks, transactions));
            }

            if (accounts > 0)
            {
                figures.Add(await benchmark.SnapshotAsync(accounts));
            }

            Print(figures, json);
            return figures.TrueForAll(static figure => figure.Holds) ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Print(List<JoinFigure> figures, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(figures, Format));
            return;
        }

        foreach (JoinFigure figure in figures)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{figure.Name,-30} {figure.Amount,9} {figure.Seconds,8:F2} s {figure.PerSecond,10:F0} /s "
                + $"{(figure.Holds ? "holds" : "MISSED")}"));
        }
    }
}
