using System.CommandLine;
using EnergyChain.Client;
using EnergyChain.Client.Keys;
using EnergyChain.Client.Light;
using EnergyChain.Wallet.Cli.Commands;
using EnergyChain.Wallet.Cli.Output;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace EnergyChain.Wallet.Cli;

/// <summary>The wallet: parses, runs one command, prints its report or one clear error.</summary>
internal sealed class WalletApp
{
    private readonly WalletHost _host;
    private readonly GlobalOptions _options = new();

    private WalletApp(WalletHost host) => _host = host;

    public static async Task<int> RunAsync(
        string[] arguments, WalletHost host, CancellationToken cancellationToken = default)
    {
        WalletApp app = new(host);
        ParseResult parsed = app.BuildRoot().Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            string problems = string.Join(" ", parsed.Errors.Select(error => error.Message));
            return app.Fail(parsed, ExitCode.Usage, $"{problems} See --help.");
        }

        InvocationConfiguration configuration = new()
        {
            EnableDefaultExceptionHandler = false,
            Output = host.Output.Profile.Out.Writer,
            Error = host.Errors.Profile.Out.Writer,
        };
        return await parsed.InvokeAsync(configuration, cancellationToken);
    }

    private RootCommand BuildRoot()
    {
        RootCommand root = new("The wallet of an EnergyChain: keys, coin, and trading energy with neighbours.");
        _options.AddTo(root);
        CommandFactory factory = new(RunAsync);
        root.Subcommands.Add(KeyCommands.Create(factory));
        root.Subcommands.Add(NameCommands.Create(factory));
        AccountCommands.AddTo(root, factory);
        OrderCommands.AddTo(root, factory);
        MarketCommands.AddTo(root, factory);
        root.Subcommands.Add(CouncilCommands.Create(factory));
        ChainCommands.AddTo(root, factory);
        TraceCommands.AddTo(root, factory);
        return root;
    }

    private async Task<int> RunAsync(
        ParseResult parsed,
        Func<WalletContext, CancellationToken, Task<Report>> act,
        CancellationToken cancellationToken)
    {
        try
        {
            using WalletContext context = new(_host, _options, parsed);
            Report report = await act(context, cancellationToken);
            Print(report, context);
            return (int)report.ExitCode;
        }
        catch (WalletException exception)
        {
            return Fail(parsed, exception.ExitCode, exception.Message);
        }
        catch (KeystoreException exception)
        {
            return Fail(parsed, ExitCode.Key, exception.Message);
        }
        catch (ProofException exception)
        {
            return Fail(parsed, ExitCode.NotProven, exception.Message);
        }
        catch (UnprovableException exception)
        {
            return Fail(parsed, ExitCode.Usage, exception.Message);
        }
        catch (CallRevertedException exception)
        {
            return Fail(parsed, ExitCode.Reverted, exception.Message + " Nothing was sent.");
        }
        catch (NodeClientException exception)
        {
            return Fail(parsed, ExitCodeOf(exception.Error), exception.Message);
        }
        catch (OperationCanceledException)
        {
            return Fail(parsed, ExitCode.Interrupted, "Interrupted.");
        }
    }

    private static ExitCode ExitCodeOf(NodeClientError error) => error switch
    {
        NodeClientError.Unreachable or NodeClientError.TimedOut => ExitCode.Unreachable,
        NodeClientError.Erased => ExitCode.Erased,
        _ => ExitCode.Refused,
    };

    private void Print(Report report, WalletContext context)
    {
        foreach (string notice in context.Notices)
        {
            _host.Errors.Profile.Out.Writer.WriteLine("note: " + View.Printable(notice));
        }

        if (context.Json)
        {
            _host.Output.Profile.Out.Writer.WriteLine(WalletJson.Serialize(report.Json, context.Trust?.Json));
            return;
        }

        foreach (IRenderable part in report.View)
        {
            _host.Output.Write(part);
            if (part is Text)
            {
                _host.Output.WriteLine();
            }
        }

        // Apart from the answer, so that it can be piped on.
        if (context.Trust is { } trust)
        {
            _host.Errors.Profile.Out.Writer.WriteLine(trust.Sentence);
        }
    }

    private int Fail(ParseResult parsed, ExitCode exitCode, string message)
    {
        if (parsed.GetValue(_options.Json))
        {
            _host.Errors.Profile.Out.Writer.WriteLine(
                WalletJson.Serialize(new { Error = new { Code = exitCode, Message = message } }));
        }
        else
        {
            _host.Errors.Profile.Out.Writer.WriteLine("error: " + View.Printable(message));
        }

        return (int)exitCode;
    }
}
