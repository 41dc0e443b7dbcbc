using System.Net;
using EnergyChain.Node.Devnet.Report;
using EnergyChain.Node.Hosting;
using Spectre.Console;

namespace EnergyChain.Node.Devnet;

/// <summary>Runs the <c>devnet</c> command from options to exit code.</summary>
public static class DevnetRunner
{
    /// <summary>
    /// Runs until the slots are settled or the run is cancelled; throws <see cref="OperatorException"/>.
    /// </summary>
    public static async Task<int> RunAsync(DevnetOptions options, TextWriter output, CancellationToken cancellation)
    {
        DevnetOptionsCheck.Run(options);
        Community community = Community.Load(options);
        RequireHomes(options, community);
        DevnetLayout layout = new(
            Path.GetFullPath(options.DataDirectory),
            options.BasePort,
            options.Validators,
            [.. community.Homes.Select(home => home.Name)]);
        foreach (int port in layout.Ports)
        {
            PortCheck.Require(new IPEndPoint(IPAddress.Parse(DevnetLayout.Host), port), "--base-port");
        }

        using IDisposable folder = DevnetFolder.Prepare(layout.Root);
        RequireWritable(options.Report);
        ThreadPoolSize.Raise(layout.Homes.Count + 1);
        new DevnetFiles(layout, options, community).Write();
        DevnetRun run = new(options, layout, community, output, TimeProvider.System);
        IDevnetView view = options.NoUi || Console.IsOutputRedirected
            ? new PlainView(output, TimeProvider.System)
            : new LiveView(AnsiConsole.Console, TimeProvider.System);
        return await run.RunAsync(view, cancellation);
    }

    // Before the run, not after an hour of it.
    private static void RequireWritable(string? report)
    {
        try
        {
            if (report is not null)
            {
                RunReportFile.Probe(report);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"--report '{report}' cannot be written: {error.Message}", error);
        }
    }

    private static void RequireHomes(DevnetOptions options, Community community)
    {
        foreach (string text in options.MeterFaults)
        {
            MeterFault fault = MeterFault.Parse(text);
            if (community.Homes.All(home => home.Name != fault.Home))
            {
                throw OperatorException.ForOption(
                    "--meter-fault", text, $"a site of {string.Join(", ", community.Homes.Select(home => home.Name))}");
            }
        }
    }
}
