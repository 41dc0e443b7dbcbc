using System.CommandLine;
using EnergyChain.Benchmarks.Evm;
using Grpc.Core;

namespace EnergyChain.Benchmarks.Load;

/// <summary>What the command lines of the load benchmarks have in common: options, exit codes, failures.</summary>
internal static class LoadCommandLine
{
    public const int Passed = 0;
    public const int Failed = 1;

    private const int Usage = 2;
    private const int Interrupted = 130;

    public static Option<int> Count(string name, string description, int byDefault) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => byDefault,
        HelpName = "N",
    };

    /// <summary>Numbers with commas between them. Throws <see cref="BenchmarkException"/> for anything else.</summary>
    public static IReadOnlyList<int> Numbers(string option, string text) =>
    [
        .. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(part =>
            int.TryParse(part, out int number) && number > 0
                ? number
                : throw new BenchmarkException($"{option} {text}: allowed are numbers above 0 with commas between.")),
    ];

    /// <summary>Parses and runs; 2 where the command line is wrong.</summary>
    public static async Task<int> InvokeAsync(RootCommand root, string[] arguments)
    {
        ParseResult parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            await Console.Error.WriteLineAsync(string.Join(" ", parsed.Errors.Select(error => error.Message)));
            return Usage;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    /// <summary>Gives every failure its sentence and its exit code.</summary>
    public static async Task<int> GuardAsync(Func<Task<int>> run, CancellationToken cancellationToken)
    {
        try
        {
            return await run();
        }
        catch (BenchmarkException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return Usage;
        }
        catch (Exception failure) when (failure is TimeoutException or InvalidOperationException or RpcException)
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
