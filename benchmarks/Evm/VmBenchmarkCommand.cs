using System.CommandLine;
using System.CommandLine.Parsing;
using EnergyChain.Benchmarks.Evm.Output;
using Spectre.Console;

namespace EnergyChain.Benchmarks.Evm;

/// <summary>The command line of <c>benchmarks -- vm</c>.</summary>
internal sealed class VmBenchmarkCommand
{
    private const int Passed = 0;
    private const int Failed = 1;
    private const int Usage = 2;
    private const int Interrupted = 130;
    private const int PipeWidth = 200;
    private const string UsageLine =
        "usage: benchmarks vm [--json] [--only NAME,...] [--rounds N] [--vectors DIR] [--anvil [PATH]]";

    private readonly Option<bool> _json = new("--json") { Description = "One JSON document instead of tables" };

    private readonly Option<string?> _only = new("--only")
    {
        Description = "Rows or groups (workloads, precompiles, market) to run [all]",
        HelpName = "NAME,...",
    };

    private readonly Option<int> _rounds = new("--rounds")
    {
        Description = "Rounds of each row; the median counts",
        DefaultValueFactory = static _ => VmBenchmarkOptions.DefaultRounds,
        HelpName = "N",
    };

    private readonly Option<string?> _vectors = new("--vectors")
    {
        Description = "Folder of bench.json [../shared/vectors/evm-bench beside the checkout]",
        HelpName = "DIR",
    };

    private readonly Option<string?> _anvil = new("--anvil")
    {
        Description = "Measure revm through anvil in turn with ours [anvil on PATH or below benchmarks/anvil]",
        Arity = ArgumentArity.ZeroOrOne,
        HelpName = "PATH",
    };

    public static async Task<int> RunAsync(string[] arguments)
    {
        VmBenchmarkCommand command = new();
        RootCommand root = new("Speed of the EVM: published bytecode, precompiles, blocks of market transactions.");
        root.Options.Add(command._json);
        root.Options.Add(command._only);
        root.Options.Add(command._rounds);
        root.Options.Add(command._vectors);
        root.Options.Add(command._anvil);
        root.SetAction(command.RunAsync);
        ParseResult parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            return Refuse(string.Join(" ", parsed.Errors.Select(error => error.Message)));
        }

        // A run that is interrupted still ends its anvil, which may take as long as the call it is in.
        return await parsed.InvokeAsync(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TimeSpan.FromSeconds(30),
        });
    }

    private static int Refuse(string mistake)
    {
        Console.Error.WriteLine(mistake);
        Console.Error.WriteLine(UsageLine);
        return Usage;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        OptionResult? anvil = parsed.GetResult(_anvil);
        VmBenchmarkOptions options = new()
        {
            Json = parsed.GetValue(_json),
            Only = (parsed.GetValue(_only) ?? "").Split(
                ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            Rounds = parsed.GetValue(_rounds),
            Vectors = parsed.GetValue(_vectors),
            Anvil = anvil is { Implicit: false },
            AnvilPath = parsed.GetValue(_anvil),
        };
        if (options.Rounds is < 1 or > VmBenchmarkOptions.MaxRounds)
        {
            return Refuse($"--rounds {options.Rounds}: allowed are 1 to {VmBenchmarkOptions.MaxRounds}.");
        }

        try
        {
            BenchmarkReport report = await VmBenchmark.RunAsync(options, Console.Error, cancellationToken);
            Print(report, options.Json);
            return report.Failed == 0 ? Passed : Failed;
        }
        catch (BenchmarkException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return Usage;
        }
        catch (WrongResultException exception)
        {
            await Console.Error.WriteLineAsync("FAILED " + exception.Message);
            return Failed;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("interrupted");
            return Interrupted;
        }
    }

    private static void Print(BenchmarkReport report, bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(BenchmarkJson.Serialize(report));
            return;
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings());
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = PipeWidth;
        }

        BenchmarkTable.Write(report, console);
    }
}
