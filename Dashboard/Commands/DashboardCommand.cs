using System.CommandLine;
using EnergyChain.Core.Primitives;
using EnergyChain.Dashboard.Hosting;

namespace EnergyChain.Dashboard.Commands;

/// <summary>The program's command line: without a subcommand it serves the dashboard.</summary>
internal static class DashboardCommand
{
    private const int WrongOption = 2;

    private static readonly Option<string> Node = new("--node")
    {
        Description = "API of the node, http://host:port or https://host:port",
        DefaultValueFactory = static _ => "http://127.0.0.1:30309",
    };

    private static readonly Option<string> Listen = new("--listen")
    {
        Description = "Where browsers find it, http://address:port or https://address:port",
        DefaultValueFactory = static _ => "http://127.0.0.1:30400",
    };

    private static readonly Option<string?> PublicUrl = Text(
        "--public-url", "Where browsers find it behind a proxy on this machine, https://name");

    private static readonly Option<string?> Certificate =
        Text("--certificate", "PEM file of the certificate, for https");

    private static readonly Option<string?> CertificateKey = Text("--certificate-key", "PEM file of its key");

    private static readonly Option<ulong?> ChainId = new("--chain-id")
    {
        Description = "The chain this is for; a node of another one is refused",
    };

    private static readonly Option<string?> Genesis = Text("--genesis", "Hash of that chain's genesis");

    private static readonly Option<string?> Keystore = Text("--keystore", "The wallet's folder of keys");

    private static readonly Option<string?> Key = Text("--key", "Key that signs what the operator does");

    private static readonly Option<string?> KeyPasswordFile =
        Text("--key-password-file", "File whose first line opens the key");

    private static readonly Option<string?> Read = Text(
        "--read", "open or members; without it open where only this machine reaches it, else members");

    private static readonly Option<string?> Zone = Text(
        "--time-zone", "IANA name of the zone that times are shown in; without it the machine's");

    private static readonly Option<bool> StopWithInput = new("--stop-with-input")
    {
        Description = "Stops when standard input ends",
        Hidden = true,
    };

    public static async Task<int> RunAsync(string[] args)
    {
        RootCommand root = new("EnergyChain's dashboard: one node in a browser.")
        {
            Node, Listen, PublicUrl, Certificate, CertificateKey, ChainId, Genesis, DataDirectory, Keystore, Key,
            KeyPasswordFile, Read, Zone, StopWithInput, SetPasswordCommand.Create(),
        };
        root.SetAction(ServeAsync);
        try
        {
            InvocationConfiguration configuration = new() { EnableDefaultExceptionHandler = false };
            return await root.Parse(args).InvokeAsync(configuration);
        }
        catch (OperatorException error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return WrongOption;
        }
    }

    public static readonly Option<string> DataDirectory = new("--data-dir")
    {
        Description = "Folder of users and cookie keys",
        DefaultValueFactory = static _ => Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".energychain", "dashboard"),
        Recursive = true,
    };

    internal static DashboardOptions Options(ParseResult parsed) => new()
    {
        Node = ReadUri(Node.Name, parsed.GetValue(Node)!),
        Listen = ReadUri(Listen.Name, parsed.GetValue(Listen)!),
        PublicUrl = parsed.GetValue(PublicUrl) is { } url ? ReadUri(PublicUrl.Name, url) : null,
        CertificateFile = parsed.GetValue(Certificate),
        CertificateKeyFile = parsed.GetValue(CertificateKey),
        ChainId = parsed.GetValue(ChainId),
        GenesisHash = ReadHash(parsed.GetValue(Genesis)),
        DataDirectory = Path.GetFullPath(parsed.GetValue(DataDirectory)!),
        Keystore = parsed.GetValue(Keystore),
        Key = parsed.GetValue(Key),
        KeyPasswordFile = parsed.GetValue(KeyPasswordFile),
        Read = ReadRule(parsed.GetValue(Read)),
        TimeZone = ReadZone(parsed.GetValue(Zone)),
    };

    private static async Task<int> ServeAsync(ParseResult parsed, CancellationToken cancellation)
    {
        DashboardOptions options = Options(parsed);
        OptionsCheck.Run(options);
        await using WebApplication app = DashboardHost.Build(options);
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (IOException error)
        {
            throw new OperatorException($"--listen '{options.Listen}' cannot be used: {error.Message}", error);
        }

        await Console.Out.WriteLineAsync($"Dashboard: {options.PublicUrl ?? options.Listen} (node {options.Node})");
        if (parsed.GetValue(StopWithInput))
        {
            _ = InputEnd.StopAsync(app.Lifetime);
        }

        await app.WaitForShutdownAsync(cancellation);
        return 0;
    }

    private static Uri ReadUri(string option, string text) => Uri.TryCreate(text, UriKind.Absolute, out Uri? uri)
        ? uri
        : throw OperatorException.ForOption(option, text, "http://host:port or https://host:port");

    private static Hash32? ReadHash(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return Hash32.TryParse(text, out Hash32 hash)
            ? hash
            : throw OperatorException.ForOption(Genesis.Name, text, "0x and 64 hex digits");
    }

    private static ReadAccess? ReadRule(string? text) => text switch
    {
        null => null,
        "open" => ReadAccess.Open,
        "members" => ReadAccess.Members,
        _ => throw OperatorException.ForOption(Read.Name, text, "open or members"),
    };

    private static TimeZoneInfo ReadZone(string? name)
    {
        try
        {
            return name is null ? TimeZoneInfo.Local : TimeZoneInfo.FindSystemTimeZoneById(name);
        }
        catch (Exception error) when (error is TimeZoneNotFoundException or InvalidTimeZoneException)
        {
            throw OperatorException.ForOption(Zone.Name, name, "a name such as Asia/Seoul or Europe/Lisbon");
        }
    }

    private static Option<string?> Text(string name, string description) => new(name) { Description = description };
}
