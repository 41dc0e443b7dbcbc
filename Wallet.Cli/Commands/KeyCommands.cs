using System.CommandLine;
using System.Security.Cryptography;
using EnergyChain.Client.Keys;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Wallet.Cli.Output;
using Spectre.Console;

namespace EnergyChain.Wallet.Cli.Commands;

/// <summary>keys create, import, list, export, password.</summary>
internal static class KeyCommands
{
    public static Command Create(CommandFactory factory)
    {
        Command keys = new("keys", "Keys in the encrypted keystore");
        keys.Subcommands.Add(MakeCreate(factory));
        keys.Subcommands.Add(MakeImport(factory));
        keys.Subcommands.Add(factory.Make(
            "list", "List keys and their addresses", static (_, context, _) => Task.FromResult(List(context))));
        keys.Subcommands.Add(MakeExport(factory));
        keys.Subcommands.Add(MakePassword(factory));
        return keys;
    }

    private static Argument<string> Name() => new("name") { Description = "Name of the key: a-z, 0-9, '.', '-', '_'" };

    private static Command MakeCreate(CommandFactory factory)
    {
        Argument<string> name = Name();
        return factory.Make(
            "create",
            "Make a new key",
            (parsed, context, _) =>
            {
                string password = context.Password("Password for the new key:", isNew: true);
                return Task.FromResult(Made(context.Keystore.Create(parsed.GetRequiredValue(name), password)));
            },
            name);
    }

    private static Command MakeImport(CommandFactory factory)
    {
        Argument<string> name = Name();
        Option<string?> seedFile = new("--seed-file")
        {
            Description = "File with the 64 hex digits of the secret, such as a node's node.key [else asked]",
            HelpName = "FILE",
        };
        return factory.Make(
            "import",
            "Import the secret of an existing key",
            (parsed, context, _) =>
            {
                byte[] seed = ReadSeed(context, parsed.GetValue(seedFile));
                try
                {
                    string password = context.Password("Password for the imported key:", isNew: true);
                    return Task.FromResult(Made(
                        context.Keystore.Import(parsed.GetRequiredValue(name), seed, password)));
                }
                finally
                {
                    CryptographicOperations.ZeroMemory(seed);
                }
            },
            name,
            seedFile);
    }

    private static Command MakeExport(CommandFactory factory)
    {
        Argument<string> name = Name();
        return factory.Make(
            "export",
            "Show the secret of a key: whoever has it has the key",
            (parsed, context, _) =>
            {
                KeyDescription key = context.Keystore.Describe(parsed.GetRequiredValue(name));
                context.Confirm($"Show the secret of {key.Name} on this screen?");
                using SigningKey opened = context.Keystore.Unlock(
                    key.Name, context.Password($"Password of key {key.Name}:"));
                string seed = Hex.Encode(opened.ExportSeed());
                return Task.FromResult(new Report(
                    new { key.Name, key.Address, Seed = seed },
                    View.Pairs(("address", key.Address.ToString()), ("secret", seed))));
            },
            name);
    }

    private static Command MakePassword(CommandFactory factory)
    {
        Argument<string> name = Name();
        Option<string?> newPasswordFile = new("--new-password-file")
        {
            Description = "File whose first line is the new password [else asked]",
            HelpName = "FILE",
        };
        return factory.Make(
            "password",
            "Change the password of a key",
            (parsed, context, _) =>
            {
                KeyDescription key = context.Keystore.Describe(parsed.GetRequiredValue(name));
                string old = context.Password($"Password of key {key.Name}:");
                context.Keystore.ChangePassword(key.Name, old, NewPassword(context, parsed.GetValue(newPasswordFile)));
                return Task.FromResult(new Report(
                    new { key.Name, key.Address }, View.Sentence($"Key {key.Name} has a new password.")));
            },
            name,
            newPasswordFile);
    }

    private static string NewPassword(WalletContext context, string? file)
    {
        if (file is not null)
        {
            return context.ReadFirstLine(file);
        }

        if (!context.Host.IsInteractive)
        {
            throw new WalletException(ExitCode.Key, "The new password cannot be asked for: use --new-password-file.");
        }

        string password = context.Host.Errors.Prompt(new TextPrompt<string>("New password:").Secret());
        return context.Host.Errors.Prompt(new TextPrompt<string>("The same again:").Secret()) == password
            ? password
            : throw new WalletException(ExitCode.Key, "The two passwords differ. Nothing was changed.");
    }

    private static byte[] ReadSeed(WalletContext context, string? file)
    {
        if (file is null && !context.Host.IsInteractive)
        {
            throw new WalletException(ExitCode.Usage, "The secret cannot be asked for: use --seed-file.");
        }

        WarnIfOthersRead(context, file);
        string text = file is null
            ? context.Host.Errors.Prompt(new TextPrompt<string>("Secret (64 hex digits):").Secret())
            : context.ReadFirstLine(file);
        byte[] seed = new byte[SigningKey.SeedSize];
        return Hex.TryDecodeExact(text.Trim(), seed)
            ? seed
            : throw new WalletException(ExitCode.Key, "A secret has 64 hex digits, with or without 0x.");
    }

    // The file of a node's key stays where it is: the node needs it.
    private static void WarnIfOthersRead(WalletContext context, string? file)
    {
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        if (file is not null && !OperatingSystem.IsWindows() && File.Exists(file)
            && (File.GetUnixFileMode(file) & Others) != 0)
        {
            context.Host.Errors.WriteLine(
                $"warning: others on this machine can read or write '{View.Printable(file)}': run chmod 600 on it.");
        }
    }

    private static Report List(WalletContext context)
    {
        KeyListing listing = context.Keystore.List();
        return new Report(
            new
            {
                Keystore = context.Keystore.Directory,
                Keys = listing.Keys.Select(key => new { key.Name, key.Address, key.PublicKey }),
                Broken = listing.Broken.Select(broken => new { broken.File, broken.Reason }),
            },
            [
                View.Table(
                    ["name", "address", "public key"],
                    [.. listing.Keys.Select(key => new[]
                    {
                        key.Name, key.Address.ToString(), key.PublicKey.ToString(),
                    })],
                    $"There is no key in {context.Keystore.Directory}. Make one with 'keys create NAME'."),
                .. listing.Broken.Select(broken => View.Sentence(broken.Reason)),
            ]);
    }

    private static Report Made(KeyDescription key) => new(
        new { key.Name, key.Address, key.PublicKey, key.Path },
        View.Pairs(
            ("key", key.Name),
            ("address", key.Address.ToString()),
            ("public key", key.PublicKey.ToString()),
            ("file", key.Path)),
        View.Sentence("Back the file up: without it and its password nobody can move the coin of this address."));
}
