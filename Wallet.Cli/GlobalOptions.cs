using System.CommandLine;

namespace EnergyChain.Wallet.Cli;

/// <summary>Options that every command takes. Each but the switches can also come from the environment.</summary>
internal sealed class GlobalOptions
{
    public const string DefaultNode = "http://127.0.0.1:30309";
    public const string NodeVariable = "ENERGYCHAIN_NODE";
    public const string KeystoreVariable = "ENERGYCHAIN_KEYSTORE";
    public const string KeyVariable = "ENERGYCHAIN_KEY";
    public const string GenesisVariable = "ENERGYCHAIN_GENESIS";
    public const string PasswordVariable = "ENERGYCHAIN_PASSWORD";
    public const string PasswordFileVariable = "ENERGYCHAIN_PASSWORD_FILE";

    public Option<string?> Node { get; } = new("--node")
    {
        Description = $"API of a node, http://host:port [{NodeVariable}, else {DefaultNode}]",
        Recursive = true,
        HelpName = "URL",
    };

    public Option<string?> Keystore { get; } = new("--keystore")
    {
        Description = $"Directory of the encrypted keys [{KeystoreVariable}, else ~/.energychain/keys]",
        Recursive = true,
        HelpName = "DIR",
    };

    public Option<string?> Key { get; } = new("--key", "-k")
    {
        Description = $"Name of the key to use [{KeyVariable}, else the only key there is]",
        Recursive = true,
        HelpName = "NAME",
    };

    public Option<string?> PasswordFile { get; } = new("--password-file")
    {
        Description = $"File whose first line is the password [{PasswordFileVariable}, {PasswordVariable}, else asked]",
        Recursive = true,
        HelpName = "FILE",
    };

    public Option<bool> Json { get; } = new("--json")
    {
        Description = "Print JSON (docs/wallet.md) instead of tables",
        Recursive = true,
    };

    public Option<bool> Yes { get; } = new("--yes", "-y")
    {
        Description = "Do not ask before sending or exporting",
        Recursive = true,
    };

    public Option<bool> NoWait { get; } = new("--no-wait")
    {
        Description = "Do not wait until the transaction is final",
        Recursive = true,
    };

    public Option<bool> Verify { get; } = new("--verify")
    {
        Description = "Believe the node in nothing: check proofs down from the genesis, or say that there are none",
        Recursive = true,
    };

    public Option<string?> Genesis { get; } = new("--genesis")
    {
        Description = $"With --verify: the genesis that you trust, its file or its hash [{GenesisVariable}]",
        Recursive = true,
        HelpName = "FILE or HASH",
    };

    public Option<uint> MaxAge { get; } = new("--max-age")
    {
        Description = "With --verify: how old the newest block may be, in seconds, 1 to 86,400",
        DefaultValueFactory = static _ => 120,
        Recursive = true,
        HelpName = "SECONDS",
    };

    public void AddTo(Command root)
    {
        root.Options.Add(Verify);
        root.Options.Add(Genesis);
        root.Options.Add(MaxAge);
        root.Options.Add(Node);
        root.Options.Add(Keystore);
        root.Options.Add(Key);
        root.Options.Add(PasswordFile);
        root.Options.Add(Json);
        root.Options.Add(Yes);
        root.Options.Add(NoWait);
    }
}
