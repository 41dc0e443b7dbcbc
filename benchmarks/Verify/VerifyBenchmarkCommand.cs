using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace EnergyChain.Benchmarks.Verify;

/// <summary>The command line of <c>benchmarks -- verify</c>.</summary>
internal static class VerifyBenchmarkCommand
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Gives 0 where the pipeline reaches its share of the signature limit, 1 where it does not.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        Option<bool> json = new("--json") { Description = "One JSON document instead of lines" };
        Option<int> blocks = new("--blocks")
        {
            Description = "Blocks of the chain",
            DefaultValueFactory = static _ => 24,
        };
        Option<int> transactions = new("--transactions")
        {
            Description = "Transfers in each block, each of another sender to another receiver",
            DefaultValueFactory = static _ => 4_000,
        };
        Option<int> accounts = new("--accounts")
        {
            Description = "Accounts of the genesis beside the senders",
            DefaultValueFactory = static _ => 100_000,
        };
        Option<int> rounds = new("--rounds")
        {
            Description = "Times that limit and pipeline are measured, one after the other; the median counts",
            DefaultValueFactory = static _ => 3,
        };
        Option<bool> stages = new("--stages") { Description = "Also what each step costs on one thread" };
        RootCommand root = new("How near replaying full blocks comes to the signature limit of the machine.")
        {
            json, blocks, transactions, accounts, rounds, stages,
        };
        root.SetAction(parsed => Measure(
            parsed.GetValue(blocks),
            parsed.GetValue(transactions),
            parsed.GetValue(accounts),
            parsed.GetValue(rounds),
            parsed.GetValue(stages),
            parsed.GetValue(json)));
        return await root.Parse(arguments).InvokeAsync();
    }

    private static int Measure(int blocks, int transactions, int accounts, int rounds, bool stages, bool json)
    {
        string folder = Directory.CreateTempSubdirectory("energychain-verify-").FullName;
        try
        {
            VerifyFigure figure = new VerifyBenchmark(folder, blocks, transactions, accounts).Run(rounds, stages);
            Print(figure, json);
            return figure.Holds ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Print(VerifyFigure figure, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(figure, Format));
            return;
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{figure.Blocks} blocks of {figure.Transactions} transfers, {figure.Cores} cores, load {figure.Load}"));
        foreach (VerifyRound round in figure.Rounds)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"limit {round.LimitPerSecond,8:F0} /s   verify {round.VerifiedPerSecond,8:F0} /s   "
                + $"ratio {round.Ratio:F3}   by CPU time {round.CpuRatio:F3}   "
                + $"{round.CpuMicroseconds:F1} us CPU each, {round.AllocatedBytes} bytes, {round.Collections} GCs"));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"median {figure.Ratio:F3} of the limit (required {VerifyBenchmark.LeastRatio:F2}): "
            + $"{(figure.Holds ? "holds" : "MISSED")}; by CPU time {figure.CpuRatio:F3}"));
    }
}
