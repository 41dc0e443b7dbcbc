using System.CommandLine;
using EnergyChain.Benchmarks.Evm;

namespace EnergyChain.Benchmarks.Load.Endurance;

/// <summary>The command line of <c>benchmarks -- soak</c>.</summary>
internal sealed class SoakCommand
{
    private const double LeastMinutes = 0.5;
    private const double MostMinutes = 60;

    private readonly Option<double> _minutes = new("--minutes")
    {
        Description = "How long",
        DefaultValueFactory = _ => 10,
        HelpName = "N",
    };

    private readonly Option<double> _share = new("--share")
    {
        Description = "Of the highest sustained TPS",
        DefaultValueFactory = _ => 0.7,
        HelpName = "S",
    };

    private readonly Option<string?> _json = new("--json") { Description = "File for the report", HelpName = "FILE" };

    public static Task<int> RunAsync(string[] arguments)
    {
        SoakCommand command = new();
        RootCommand root = new("Four validators under a steady load for long.")
        {
            command._minutes,
            command._share,
            command._json,
        };
        root.SetAction((parsed, cancellation) =>
            LoadCommandLine.GuardAsync(() => command.RunAsync(parsed, cancellation), cancellation));
        return LoadCommandLine.InvokeAsync(root, arguments);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        double minutes = parsed.GetValue(_minutes);
        double share = parsed.GetValue(_share);
        if (minutes is not (>= LeastMinutes and <= MostMinutes) || share is not (> 0 and <= 1))
        {
            throw new BenchmarkException(
                $"--minutes {minutes}: allowed are {LeastMinutes} to {MostMinutes}; --share {share}: above 0 to 1.");
        }

        LoadReport report = await SoakRun.RunAsync(minutes, share, Console.Error, cancellationToken);
        return await LoadOutput.FinishAsync(report, parsed.GetValue(_json));
    }
}
