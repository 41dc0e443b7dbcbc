using System.CommandLine;
using EnergyChain.Wallet.Cli.Output;

namespace EnergyChain.Wallet.Cli.Commands;

/// <summary>Makes commands whose errors and reports are handled in one place.</summary>
internal sealed class CommandFactory(
    Func<ParseResult, Func<WalletContext, CancellationToken, Task<Report>>, CancellationToken, Task<int>> run)
{
    /// <param name="name">What the user types.</param>
    /// <param name="description">One line of help.</param>
    /// <param name="act">What it does with its parsed values.</param>
    /// <param name="symbols">Its arguments and options, in order.</param>
    public Command Make(
        string name,
        string description,
        Func<ParseResult, WalletContext, CancellationToken, Task<Report>> act,
        params Symbol[] symbols)
    {
        Command command = new(name, description);
        foreach (Symbol symbol in symbols)
        {
            if (symbol is Argument argument)
            {
                command.Arguments.Add(argument);
            }
            else if (symbol is Option option)
            {
                command.Options.Add(option);
            }
        }

        command.SetAction((parsed, cancellationToken) =>
            run(parsed, (context, token) => act(parsed, context, token), cancellationToken));
        return command;
    }
}
