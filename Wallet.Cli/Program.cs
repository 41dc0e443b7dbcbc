using EnergyChain.Client;
using EnergyChain.Wallet.Cli;
using Spectre.Console;

// A pipe has no width; a table that fits every row is easier on grep than a wrapped one.
const int pipeWidth = 200;
IAnsiConsole output = AnsiConsole.Create(new AnsiConsoleSettings());
if (Console.IsOutputRedirected)
{
    output.Profile.Width = pipeWidth;
}

IAnsiConsole errors = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
return await WalletApp.RunAsync(args, new WalletHost
{
    Output = output,
    Errors = errors,
    IsInteractive = !Console.IsInputRedirected,
    Connect = static node => new NodeClient(new NodeClientOptions { Node = node }),
    Variable = Environment.GetEnvironmentVariable,
    Home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
});
