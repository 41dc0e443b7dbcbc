using System.CommandLine;
using System.Globalization;

namespace EnergyChain.Benchmarks.Load.Endurance;

/// <summary>The command line of <c>benchmarks -- idle</c>.</summary>
internal sealed class IdleCommand
{
    private const double Mebibyte = 1_024 * 1_024;

    private readonly Option<int> _seconds = LoadCommandLine.Count("--seconds", "Seconds that are measured", 60);

    public static Task<int> RunAsync(string[] arguments)
    {
        IdleCommand command = new();
        RootCommand root = new("What a site's relay takes in an idle network.") { command._seconds };
        root.SetAction((parsed, cancellation) =>
            LoadCommandLine.GuardAsync(() => command.RunAsync(parsed, cancellation), cancellation));
        return LoadCommandLine.InvokeAsync(root, arguments);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        double? load = Machine.LoadAverage();
        IdleFigure figure = await new IdleRun(Console.Error).RunAsync(
            TimeSpan.FromSeconds(parsed.GetValue(_seconds)), cancellationToken);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"relay of a site, idle: {figure.RssBytes / Mebibyte:F0} MiB (peak {figure.PeakRssBytes / Mebibyte:F0}; "
            + $"target below {IdleFigure.MostRssBytes / Mebibyte:F0}), {figure.CpuShare:P2} of a core (target below "
            + $"{IdleFigure.MostCpuShare:P0}); load average before {load:F1}"));
        return figure.Holds ? LoadCommandLine.Passed : LoadCommandLine.Failed;
    }
}
