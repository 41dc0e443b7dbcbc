using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace EnergyChain.Benchmarks.Proofs;

/// <summary>The command line of <c>benchmarks -- proofs</c>.</summary>
internal static class ProofBenchmarkCommand
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Gives 0 where every figure holds, 1 where one does not.</summary>
    public static Task<int> RunAsync(string[] arguments)
    {
        Option<bool> json = new("--json") { Description = "One JSON document instead of a table" };
        Option<int> accounts = new("--accounts")
        {
            Description = "Accounts of the state",
            DefaultValueFactory = static _ => 1_000_000,
        };
        Option<int> samples = new("--samples")
        {
            Description = "Proofs of each kind",
            DefaultValueFactory = static _ => 20_000,
        };
        RootCommand root = new("Size of a proof and the time that it takes to verify.") { json, accounts, samples };
        root.SetAction(parsed =>
        {
            IReadOnlyList<ProofFigure> figures = new ProofBenchmark(
                parsed.GetValue(accounts), parsed.GetValue(samples)).Run();
            Print(figures, parsed.GetValue(json));
            return figures.All(static figure => figure.Holds) ? 0 : 1;
        });
        return root.Parse(arguments).InvokeAsync();
    }

    private static void Print(IReadOnlyList<ProofFigure> figures, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(figures, Format));
            return;
        }

        Console.WriteLine($"{"",-38} {"typical",10} {"most, p99",10}");
        foreach (ProofFigure figure in figures)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{figure.Name,-38} {figure.Typical,10:F1} {figure.Most,10:F1} {figure.Unit,-5} {Verdict(figure)}"));
        }
    }

    private static string Verdict(ProofFigure figure) => figure.Limit is not { } limit
        ? ""
        : string.Create(
            CultureInfo.InvariantCulture, $"{(figure.Holds ? "holds" : "MISSED")} (under {limit:F0} {figure.Unit})");
}
