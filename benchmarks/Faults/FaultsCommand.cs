using System.CommandLine;
using EnergyChain.Benchmarks.Evm;

namespace EnergyChain.Benchmarks.Faults;

/// <summary>The command line of <c>benchmarks -- faults</c>.</summary>
internal sealed class FaultsCommand
{
    private const int Passed = 0;
    private const int Failed = 1;
    private const int Usage = 2;
    private const int Interrupted = 130;

    private readonly Option<bool> _json = new("--json") { Description = "One JSON document instead of a table" };

    private readonly Option<string?> _only = new("--only")
    {
        Description =
            "Cases: crash, heal, heal-long, heal-kernel, heal-kernel-long, restart, latency4, latency7 [all]",
        HelpName = "NAME,...",
    };

    private readonly Option<int> _repeats = Count("--repeats", "Crashes, and partitions of each kind", 3);

    private readonly Option<int> _restarts = Count("--restarts", "Validators killed and started again", 20);

    private readonly Option<int> _blocks = Count("--blocks", "Blocks whose mean interval is taken", 60);

    public static async Task<int> RunAsync(string[] arguments)
    {
        FaultsCommand command = new();
        RootCommand root = new("Networks of real node processes: crashes, partitions, restarts, latency.")
        {
            command._json,
            command._only,
            command._repeats,
            command._restarts,
            command._blocks,
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
        FaultsOptions options = new()
        {
            Json = parsed.GetValue(_json),
            Only = (parsed.GetValue(_only) ?? "").Split(
                ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            Repeats = parsed.GetValue(_repeats),
            Restarts = parsed.GetValue(_restarts),
            Blocks = parsed.GetValue(_blocks),
        };
        int[] counts = [options.Repeats, options.Restarts, options.Blocks];
        if (counts.Any(count => count is < 1 or > FaultsOptions.MaxRepeats))
        {
            await Console.Error.WriteLineAsync(
                $"--repeats, --restarts, --blocks: allowed are 1 to {FaultsOptions.MaxRepeats}.");
            return Usage;
        }

        try
        {
            IReadOnlyList<FaultFigure> figures =
                await FaultsBenchmark.RunAsync(options, Console.Error, cancellationToken);
            FaultOutput.Print(figures, options.Json);
            return figures.All(figure => figure.Holds) ? Passed : Failed;
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
}
