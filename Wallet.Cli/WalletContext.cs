using System.CommandLine;
using EnergyChain.Client;
using EnergyChain.Client.Keys;
using EnergyChain.Client.Light;
using EnergyChain.Client.Model;
using EnergyChain.Client.Units;
using EnergyChain.Contracts.Abi;
using EnergyChain.Contracts.Views;
using EnergyChain.Core.Primitives;
using EnergyChain.Wallet.Cli.Output;
using Spectre.Console;

namespace EnergyChain.Wallet.Cli;

/// <summary>What a command works with: node, keystore, names and the answers of the user.</summary>
internal sealed class WalletContext : IDisposable
{
    private readonly GlobalOptions _options;
    private readonly ParseResult _parsed;
    private readonly Lazy<INodeClient> _node;
    private readonly string _trustDirectory;
    private LightClient? _light;

    public WalletContext(WalletHost host, GlobalOptions options, ParseResult parsed)
    {
        Host = host;
        _options = options;
        _parsed = parsed;
        string home = Path.Combine(host.Home, ".energychain");
        Keystore = new Keystore(
            Setting(options.Keystore, GlobalOptions.KeystoreVariable) ?? Path.Combine(home, "keys"), host.KeyCost);
        Names = new AddressBook(Path.Combine(home, "names.db"));
        _trustDirectory = Path.Combine(home, "trust");
        _node = new Lazy<INodeClient>(Connect);
    }

    public WalletHost Host { get; }

    public Keystore Keystore { get; }

    public AddressBook Names { get; }

    public INodeClient Node => _node.Value;

    public MarketReader Market => new(Node);

    /// <summary>Whether nothing shall be believed that a node says.</summary>
    public bool Verify => _parsed.GetValue(_options.Verify);

    /// <summary>Whom what was found out rests on; null where no node was asked.</summary>
    public Trust? Trust => _node.IsValueCreated ? new Trust(NodeUri(), _light?.Proven) : null;

    /// <summary>What to tell the user beside the answer.</summary>
    public IReadOnlyList<string> Notices => _light?.Notices ?? [];

    public bool Json => _parsed.GetValue(_options.Json);

    public bool Yes => _parsed.GetValue(_options.Yes);

    public bool NoWait => _parsed.GetValue(_options.NoWait);

    /// <summary>The key that the user named, or the only one there is.</summary>
    public KeyDescription Key()
    {
        if (Setting(_options.Key, GlobalOptions.KeyVariable) is { } name)
        {
            return Keystore.Describe(name);
        }

        IReadOnlyList<KeyDescription> keys = Keystore.List().Keys;
        return keys.Count switch
        {
            1 => keys[0],
            0 => throw new WalletException(
                ExitCode.Key, $"There is no key in {Keystore.Directory}. Make one with 'keys create NAME'."),
            _ => throw new WalletException(
                ExitCode.Key, $"There are {keys.Count} keys in {Keystore.Directory}. Say which one with --key NAME."),
        };
    }

    /// <summary>As <see cref="Key"/>, but null where it is not clear which one.</summary>
    public KeyDescription? KeyIfClear() =>
        Setting(_options.Key, GlobalOptions.KeyVariable) is null && Keystore.List().Keys.Count != 1 ? null : Key();

    /// <summary>An address as 0x text, a key of the keystore or a name of the address book.</summary>
    public Address Resolve(string text)
    {
        if (Address.TryParse(text, out Address address))
        {
            return address;
        }

        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            throw new WalletException(
                ExitCode.Usage,
                $"'{text}' is no address: it has 0x and 40 hex digits, and in mixed case its checksum must be right.");
        }

        if (Names.Find(text) is { } named)
        {
            return named;
        }

        return Keystore.List().Keys.FirstOrDefault(key => key.Name == text)?.Address
            ?? throw new WalletException(
                ExitCode.Usage, $"'{text}' is neither an address, nor a key in the keystore, nor a name you added.");
    }

    /// <summary>A contract of the chain's genesis by its name, in any case; null where there is none.</summary>
    public static Address? FindContract(string name, AbiBook abis)
    {
        foreach ((Address address, string contract) in abis.Names)
        {
            if (contract.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return address;
            }
        }

        return null;
    }

    /// <summary>As <see cref="Resolve"/>, or a contract of the chain's genesis by its name.</summary>
    public Address ResolveContract(string text, AbiBook abis) => FindContract(text, abis) ?? Resolve(text);

    /// <summary>The account that the user named, or that of the key in use.</summary>
    public Address ResolveOrOwn(string? text) => text is null ? Key().Address : Resolve(text);

    /// <summary>The password of a key: from file, environment or the user.</summary>
    public string Password(string prompt, bool isNew = false)
    {
        if (Setting(_options.PasswordFile, GlobalOptions.PasswordFileVariable) is { } file)
        {
            return ReadFirstLine(file);
        }

        if (Host.Variable(GlobalOptions.PasswordVariable) is { Length: > 0 } fromVariable)
        {
            return fromVariable;
        }

        if (!Host.IsInteractive)
        {
            throw new WalletException(
                ExitCode.Key,
                "A password is needed and nobody can be asked: use --password-file or "
                + $"{GlobalOptions.PasswordVariable}.");
        }

        string password = Host.Errors.Prompt(new TextPrompt<string>(prompt).Secret());
        if (isNew && Host.Errors.Prompt(new TextPrompt<string>("The same again:").Secret()) != password)
        {
            throw new WalletException(ExitCode.Key, "The two passwords differ. Nothing was written.");
        }

        return password;
    }

    /// <summary>Asks before something is sent or shown; without anybody to ask, --yes is required.</summary>
    public void Confirm(string question)
    {
        if (Yes)
        {
            return;
        }

        if (Json || !Host.IsInteractive)
        {
            throw new WalletException(ExitCode.Usage, "Nobody can be asked for consent: add --yes.");
        }

        if (!Host.Errors.Prompt(new ConfirmationPrompt(Markup.Escape(question)) { DefaultValue = false }))
        {
            throw new WalletException(ExitCode.Declined, "Declined. Nothing was sent.");
        }
    }

    /// <summary>The site that the user named, or the one that the account trades for.</summary>
    public async Task<uint> SiteAsync(uint? named, Address account, CancellationToken cancellationToken) =>
        named
        ?? await Market.FindSiteAsync(account, cancellationToken)
        ?? throw new WalletException(
            ExitCode.Refused,
            $"{account} trades for none of the sites 1 to {MarketReader.MaxSearchedSites}; if its site has a higher "
            + "number, say --site NUMBER, else have the operator register it.");

    /// <summary>A slot as the user gave it; null: the first whose gate does not close within the next blocks.</summary>
    public async Task<ulong> SlotAsync(string? text, MarketParameters market, CancellationToken cancellationToken)
    {
        const ulong secondsToDecide = 5;
        SlotTime slots = new(market.SlotSeconds);
        NodeStatusInfo status = await Node.GetStatusAsync(cancellationToken);
        ulong now = status.HeadTime.UnixSeconds;
        if (text is null)
        {
            return slots.SlotAt(now + market.GateLeadSeconds + secondsToDecide) + 1;
        }

        return slots.TryParse(text, now, out ulong slot)
            ? slot
            : throw new WalletException(
                ExitCode.Usage,
                $"'{text}' is no slot: give its number, +N for N slots from now, or an ISO time such as "
                + "2026-08-01T12:00Z.");
    }

    public void Dispose()
    {
        Names.Dispose();
        if (_node.IsValueCreated)
        {
            (_node.Value as IDisposable)?.Dispose();
        }
    }

    /// <summary>The first line of a file with a secret.</summary>
    public string ReadFirstLine(string file)
    {
        try
        {
            return File.ReadLines(file).FirstOrDefault("");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new WalletException(ExitCode.Key, $"The file with the secret cannot be read: {exception.Message}");
        }
    }

    private string? Setting(Option<string?> option, string variable) =>
        _parsed.GetValue(option) ?? (Host.Variable(variable) is { Length: > 0 } value ? value : null);

    private INodeClient Connect()
    {
        INodeClient node = Host.Connect(NodeUri());
        if (!Verify)
        {
            return node;
        }

        const uint mostSeconds = 86_400;
        uint maxAge = _parsed.GetValue(_options.MaxAge);
        if (maxAge is 0 or > mostSeconds)
        {
            throw new WalletException(ExitCode.Usage, $"--max-age is {maxAge}; it can be 1 to {mostSeconds} seconds.");
        }

        string trusted = Setting(_options.Genesis, GlobalOptions.GenesisVariable) ?? throw new WalletException(
            ExitCode.Usage,
            "--verify needs the genesis that you trust: its file or its hash, by --genesis or "
            + $"{GlobalOptions.GenesisVariable}.");
        TrustAnchor anchor = GenesisTrust.Read(trusted);
        _light = new LightClient(
            node,
            anchor,
            new TrustFile(_trustDirectory, anchor.GenesisHash),
            new LightClientOptions { MaxAge = TimeSpan.FromSeconds(maxAge) },
            Host.Time);
        return new ProvenNode(node, _light, new ProvenCallRunner());
    }

    private Uri NodeUri()
    {
        string text = Setting(_options.Node, GlobalOptions.NodeVariable) ?? GlobalOptions.DefaultNode;
        return Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && (uri.Scheme is "http" or "https")
            ? uri
            : throw new WalletException(ExitCode.Usage, $"'{text}' is no URL of a node: write http://host:port.");
    }
}
