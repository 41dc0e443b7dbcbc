using Spectre.Console.Rendering;

namespace EnergyChain.Wallet.Cli.Output;

/// <summary>What a command found out: one value for machines, tables and sentences for people.</summary>
/// <param name="Json">Serialised by <see cref="WalletJson"/>.</param>
/// <param name="View">Shown from top to bottom.</param>
internal sealed record Report(object Json, params IRenderable[] View)
{
    public ExitCode ExitCode { get; init; }
}
