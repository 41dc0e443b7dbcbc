using System.Text.Json;
using EnergyChain.Client.Keys;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Wallet.Cli;
using Spectre.Console.Testing;

namespace EnergyChain.Wallet.Tests;

/// <summary>Runs the wallet against a fake node, with a home directory of its own and one key, "alice".</summary>
internal sealed class WalletRun : IDisposable
{
    public const string Password = "correct horse";

    private static readonly KeystoreOptions Cheap = new() { MemoryKiB = 8, Passes = 1 };

    private readonly Dictionary<string, string> _variables = new()
    {
        [GlobalOptions.PasswordVariable] = Password,
    };

    public WalletRun(bool withKey = true)
    {
        Home = Directory.CreateTempSubdirectory("wallet").FullName;
        if (withKey)
        {
            byte[] seed = new byte[SigningKey.SeedSize];
            Array.Fill(seed, (byte)5);
            Alice = new Keystore(Path.Combine(Home, ".energychain", "keys"), Cheap)
                .Import("alice", seed, Password).Address;
        }
    }

    public string Home { get; }

    public Address Alice { get; }

    public FakeNode Node { get; } = new();

    public TestConsole Output { get; } = new TestConsole().Width(300);

    public TestConsole Errors { get; } = new TestConsole().Width(300).Interactive();

    public bool IsInteractive { get; set; }

    public TimeProvider Time { get; set; } = TimeProvider.System;

    public Uri? ConnectedTo { get; private set; }

    public JsonElement Json => JsonDocument.Parse(Output.Output).RootElement;

    public JsonElement ErrorJson => JsonDocument.Parse(Errors.Output).RootElement;

    public void Set(string variable, string value) => _variables[variable] = value;

    public void Unset(string variable) => _variables.Remove(variable);

    public async Task<ExitCode> Async(params string[] arguments) =>
        (ExitCode)await WalletApp.RunAsync(arguments, new WalletHost
        {
            Output = Output,
            Errors = Errors,
            IsInteractive = IsInteractive,
            Connect = node =>
            {
                ConnectedTo = node;
                return Node;
            },
            Variable = name => _variables.GetValueOrDefault(name),
            Home = Home,
            KeyCost = Cheap,
            Time = Time,
        });

    public void Dispose()
    {
        Output.Dispose();
        Errors.Dispose();
        Directory.Delete(Home, recursive: true);
    }
}
