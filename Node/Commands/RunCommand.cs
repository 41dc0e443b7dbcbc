using System.CommandLine;
using System.Runtime.InteropServices;
using EnergyChain.Node.Hosting;

namespace EnergyChain.Node.Commands;

/// <summary><c>run --config FILE</c>: one node until SIGTERM or Ctrl-C.</summary>
internal static class RunCommand
{
    public const string Name = "run";

    public static Command Create()
    {
        Option<string> config = new("--config")
        {
            Description = "Config file of the node (JSON)",
            Required = true,
        };
        Option<bool> stopWithInput = InputEnd.Option("Stop when standard input ends, as a supervised child does");
        Option<bool> snapshot = new("--snapshot")
        {
            Description = "Join by a snapshot where the node has no chain yet, as snapshotSync in the config",
        };
        Command command = new(Name, "Runs one node.") { config, stopWithInput, snapshot };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetRequiredValue(config),
            parsed.GetValue(stopWithInput),
            parsed.GetValue(snapshot),
            parsed,
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        string configPath, bool stopWithInput, bool snapshot, ParseResult parsed, CancellationToken cancellation)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using PosixSignalRegistration? interrupt = stopWithInput
            ? PosixSignalRegistration.Create(PosixSignal.SIGINT, static context => context.Cancel = true)
            : null;
        using PosixSignalRegistration? terminate = stopWithInput
            ? PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
            {
                context.Cancel = true;
                stop.Cancel();
            })
            : null;
        if (stopWithInput)
        {
            _ = InputEnd.CancelAsync(stop);
        }

        NodeOptions options = NodeOptionsFile.Load(configPath);
        options.SnapshotSync |= snapshot;
        ThreadPoolSize.Raise(nodes: 1);
        TextWriter output = parsed.InvocationConfiguration.Output;
        while (true)
        {
            NodeHost host = await NodeHost.StartAsync(options, null, stop.Token);
            bool stoppedItself;
            await using (host)
            {
                await output.WriteLineAsync(
                    $"{options.Name} ({options.Role.ToString().ToLowerInvariant()}) is up at height "
                    + $"{host.Chain.Head.Height}: peers {options.PeerListen}, API http://{options.ApiListen}");
                stoppedItself = await host.WaitAsync(stop.Token);
                await output.WriteLineAsync($"{options.Name} stops at height {host.Chain.Head.Height}.");
            }

            if (!stoppedItself)
            {
                return ExitCode.Success;
            }

            if (!await host.WaitForRoomAsync(stop.Token))
            {
                return ExitCode.Failure;
            }

            await output.WriteLineAsync($"{options.Name} has room on its disk again and goes on.");
        }
    }
}
