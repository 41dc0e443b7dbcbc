using System.CommandLine;
using EnergyChain.Node.Hosting;

namespace EnergyChain.Node.Commands;

/// <summary>The command line of the node program. An operator's mistake is one sentence and an exit code.</summary>
public static class NodeCommandLine
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(20);

    /// <summary>Runs a command and gives its exit code, one of <see cref="ExitCode"/>.</summary>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter error)
    {
        RootCommand root = new("EnergyChain node: runs one node, makes a network's files, or a local network.")
        {
            RunCommand.Create(),
            DevnetCommand.Create(),
            TestnetCommand.Create(),
            GenesisCommand.Create(),
            PeersCommand.Create(),
            VerifyCommand.Create(),
            ExportCommand.Create(),
            ImportCommand.Create(),
            PruneCommand.Create(),
            SnapshotCommand.Create(),
            IndexCommand.Create(),
            SiteCommand.Create(),
        };
        ParseResult parsed = root.Parse(arguments);
        InvocationConfiguration configuration = new()
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,

            // A supervised child sees to its signals itself: the Ctrl-C of its terminal is meant for its parent.
            ProcessTerminationTimeout =
                arguments.FirstOrDefault() == RunCommand.Name && arguments.Contains(InputEnd.OptionName)
                    ? null
                    : StopPatience,
        };
        if (parsed.Errors.Count > 0)
        {
            foreach (string message in parsed.Errors.Select(problem => problem.Message).Distinct())
            {
                await error.WriteLineAsync(message);
            }

            await error.WriteLineAsync($"See {parsed.CommandResult.Command.Name} --help.");
            return ExitCode.WrongOption;
        }

        try
        {
            return await parsed.InvokeAsync(configuration);
        }
        catch (OperatorException mistake)
        {
            await error.WriteLineAsync(mistake.Message);
            return mistake.ExitCode;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Success;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The world outside, such as a full disk: no fault of the program, so no stack trace.
            await error.WriteLineAsync($"A file or connection failed: {failure.Message}");
            return ExitCode.Failure;
        }
    }
}
