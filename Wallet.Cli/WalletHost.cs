using EnergyChain.Client;
using EnergyChain.Client.Keys;
using Spectre.Console;

namespace EnergyChain.Wallet.Cli;

/// <summary>What the wallet touches of the world; a test brings its own.</summary>
internal sealed class WalletHost
{
    /// <summary>Results, for people or as JSON.</summary>
    public required IAnsiConsole Output { get; init; }

    /// <summary>Errors, questions and progress, so that results can be piped.</summary>
    public required IAnsiConsole Errors { get; init; }

    /// <summary>Whether a person can be asked.</summary>
    public required bool IsInteractive { get; init; }

    public required Func<Uri, INodeClient> Connect { get; init; }

    public required Func<string, string?> Variable { get; init; }

    /// <summary>The user's home directory.</summary>
    public required string Home { get; init; }

    /// <summary>The clock that the age of a proven block is told by.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    public KeystoreOptions KeyCost { get; init; } = new();
}
