using System.Text.Json;

namespace EnergyChain.StateTests;

/// <summary>The command line of the state-test runner.</summary>
internal static class Program
{
    private const string Usage = "usage: StateTests PATH... [--fork Cancun] [--json] [--trace]";

    private static int Main(string[] arguments)
    {
        List<string> paths = [];
        string fork = "Cancun";
        bool asJson = false;
        StateTestRunner runner = new();
        for (int i = 0; i < arguments.Length; i++)
        {
            switch (arguments[i])
            {
                case "--fork" when i + 1 < arguments.Length:
                    fork = arguments[++i];
                    break;
                case "--json":
                    asJson = true;
                    break;
                case "--trace":
                    runner.Tracer = new Eip3155Tracer(Console.Error);
                    break;
                default:
                    paths.Add(arguments[i]);
                    break;
            }
        }

        if (FindMistake(paths, fork) is string mistake)
        {
            Console.Error.WriteLine($"{mistake}{Environment.NewLine}{Usage}");
            return 2;
        }

        return Report(runner.RunAll(paths, fork), asJson);
    }

    private static string? FindMistake(List<string> paths, string fork) =>
        paths.Count == 0 ? "no path is given"
        : fork != "Cancun" ? $"--fork {fork}: only Cancun is there"
        : paths.Find(static path => !File.Exists(path) && !Directory.Exists(path)) is string missing
            ? $"{missing}: no such file or folder"
            : null;

    private static int Report(IEnumerable<StateTestResult> results, bool asJson)
    {
        SortedDictionary<string, int> skips = new(StringComparer.Ordinal);
        List<StateTestResult> failures = [];
        int passed = 0;
        foreach (StateTestResult result in results)
        {
            switch (result.Verdict)
            {
                case StateTestVerdict.Passed:
                    passed++;
                    break;
                case StateTestVerdict.Skipped:
                    skips[result.Detail] = skips.GetValueOrDefault(result.Detail) + 1;
                    break;
                default:
                    failures.Add(result);
                    PrintFailure(result, asJson);
                    break;
            }
        }

        if (asJson)
        {
            object report = new { passed, failed = failures.Count, skipped = skips.Values.Sum(), skips, failures };
            Console.WriteLine(JsonSerializer.Serialize(report));
        }
        else
        {
            foreach ((string reason, int count) in skips)
            {
                Console.WriteLine($"skipped {count}: {reason}");
            }

            Console.WriteLine($"{passed} passed, {failures.Count} failed, {skips.Values.Sum()} skipped");
        }

        return failures.Count == 0 ? 0 : 1;
    }

    private static void PrintFailure(StateTestResult result, bool asJson)
    {
        if (!asJson)
        {
            Console.WriteLine($"FAILED {result.Case}: {result.Detail}");
        }
    }
}
