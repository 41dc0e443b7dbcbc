using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace EnergyChain.Benchmarks.Index;

/// <summary>The command line of <c>benchmarks -- index</c>.</summary>
internal static class IndexBenchmarkCommand
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Gives 0 where every figure holds, 1 where one does not.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        Option<bool> json = new("--json") { Description = "One JSON document instead of a table" };
        Option<int> transactions = new("--transactions")
        {
            Description = "Transactions to index, in blocks of 4,000",
            DefaultValueFactory = static _ => 1_000_000,
        };
        Option<IndexWorkload> workload = new("--workload")
        {
            Description = "What the transactions are",
            DefaultValueFactory = static _ => IndexWorkload.Order,
        };
        RootCommand root = new("Whether the history index keeps up with 4,000 transactions a second on one core.")
        {
            json, transactions, workload,
        };
        root.SetAction(parsed => Measure(
            parsed.GetValue(workload), parsed.GetValue(transactions), parsed.GetValue(json)));
        return await root.Parse(arguments).InvokeAsync();
    }

    private static int Measure(IndexWorkload workload, int transactions, bool json)
    {
        string folder = Directory.CreateTempSubdirectory("energychain-index-").FullName;
        try
        {
            IReadOnlyList<IndexFigure> figures = new IndexBenchmark(folder, workload, transactions).Run();
            Print(figures, json);
            return figures.All(static figure => figure.Holds) ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Print(IReadOnlyList<IndexFigure> figures, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(figures, Format));
            return;
        }

        foreach (IndexFigure figure in figures)
        {
            string verdict = figure.Limit is { } limit
                ? string.Create(CultureInfo.InvariantCulture, $"{(figure.Holds ? "holds" : "MISSED")} ({limit:F0})")
                : string.Empty;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{figure.Name,-42} {figure.Value,12:F2} {figure.Unit,-4} {verdict}").TrimEnd());
        }
    }
}
