namespace EnergyChain.Wallet.Cli;

/// <summary>Ends a command with a sentence for the user and an exit code for the shell.</summary>
internal sealed class WalletException(ExitCode exitCode, string message) : Exception(message)
{
    public ExitCode ExitCode { get; } = exitCode;
}
