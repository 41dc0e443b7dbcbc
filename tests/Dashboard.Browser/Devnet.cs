using System.Globalization;
using System.Text.RegularExpressions;
using EnergyChain.Client;
using EnergyChain.Client.Keys;
using EnergyChain.Client.Model;
using EnergyChain.Core.Crypto;

namespace EnergyChain.Dashboard.Browser;

/// <summary>A devnet on the real homes with its dashboard. A meter of the first home falls silent at times.</summary>
internal sealed partial class Devnet : IAsyncDisposable
{
    private const int SlotSeconds = 3;

    // A fallen validator stays away for so long that a page surely shows it.
    private const int RestartSeconds = 10;
    private const int Validators = 4;
    private const int Sites = 3;

    // The meter is silent in the first so many slots of every period.
    private const int SilentSlots = 5;
    private const int PeriodSlots = 25;
    private const int FirstSilentSlot = 20;
    private const int Periods = 40;

    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(120);

    private readonly ProgramProcess _process;
    private readonly string _folder;
    private readonly int _ports;
    private readonly long _firstSlot;

    private Devnet(ProgramProcess process, string folder, int ports, Uri dashboard, long firstSlot)
    {
        _process = process;
        _folder = folder;
        _ports = ports;
        _firstSlot = firstSlot;
        Dashboard = dashboard;
        Node = Client(SiteNode);
    }

    /// <summary>The site of the rich account, which has no meter.</summary>
    public static uint DemoSite => Sites + 1;

    /// <summary>How long the meter is silent each time: no record of its site is accepted meanwhile.</summary>
    public static TimeSpan Silence { get; } = TimeSpan.FromSeconds(SilentSlots * SlotSeconds);

    public static string User => "operator";

    public static string Password => "devnet-operator";

    public Uri Dashboard { get; }

    /// <summary>The node that the dashboard talks to.</summary>
    public NodeClient Node { get; }

    /// <summary>API of the first home's node.</summary>
    public Uri SiteNode => Api(Validators);

    /// <summary>API of the first validator, a process of its own that the devnet starts again when it falls.</summary>
    public Uri ValidatorNode => Api(0);

    /// <summary>A port that nobody else uses.</summary>
    public int SparePort => _ports + 90;

    public string Folder => _folder;

    public static async Task<Devnet> StartAsync(string profiles)
    {
        string folder = Directory.CreateTempSubdirectory("energychain-browser-").FullName;
        int ports = TestPorts.Stretch();
        List<string> arguments =
        [
            "devnet", "--profiles", profiles, "--validators", $"{Validators}", "--sites", $"{Sites}", "--slots", "0",
            "--slot-seconds", $"{SlotSeconds}", "--data-dir", Path.Combine(folder, "devnet"), "--base-port", $"{ports}",
            "--no-ui", "--restart-after", $"{RestartSeconds}", "--stop-with-input",
        ];
        for (int period = 0; period < Periods; period++)
        {
            int first = FirstSilentSlot + (period * PeriodSlots);
            arguments.AddRange(["--meter-fault", $"home_01:grid:silent:{first}-{first + SilentSlots - 1}"]);
        }

        ProgramProcess process = ProgramProcess.Start("Node", "energychain-node", [.. arguments]);
        try
        {
            string address = await LineAsync(process, DashboardLine());
            string slot = await LineAsync(process, SlotLine());
            using HttpClient http = new() { BaseAddress = new Uri(address) };
            await Until.FoundAsync(() => AnswersAsync(http), "an answer of the dashboard", StartPatience);
            Devnet devnet = new(
                process, folder, ports, new Uri(address), long.Parse(slot, CultureInfo.InvariantCulture));
            await Until.FoundAsync(devnet.MarketAsync, "an order and an accepted record", StartPatience);
            return devnet;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public static NodeClient Client(Uri node) => new(new NodeClientOptions { Node = node });

    /// <summary>The next moment from which the meter is silent.</summary>
    public DateTimeOffset NextSilence(DateTimeOffset now)
    {
        for (int period = 0; ; period++)
        {
            long slot = _firstSlot + FirstSilentSlot + (period * PeriodSlots);
            DateTimeOffset start = DateTimeOffset.FromUnixTimeSeconds(slot * SlotSeconds);
            if (start > now)
            {
                return start;
            }
        }
    }

    /// <summary>The key of a rich account.</summary>
    public SigningKey UnlockDemo()
    {
        string wallet = Path.Combine(_folder, "devnet", "wallet");
        string password = File.ReadLines(Path.Combine(wallet, "password.txt")).First();
        return new Keystore(wallet).Unlock("demo", password);
    }

    public int ValidatorProcessId() => int.Parse(
        File.ReadAllText(Path.Combine(_folder, "devnet", "validator-1", "pid")), CultureInfo.InvariantCulture);

    public int DashboardProcessId() => int.Parse(
        File.ReadAllText(Path.Combine(_folder, "devnet", "dashboard", "pid")), CultureInfo.InvariantCulture);

    /// <summary>Ends it by closing its input, and fails where a process of it outlives that.</summary>
    public async ValueTask DisposeAsync()
    {
        int[] started = [.. ProcessIds()];
        Node.Dispose();
        await _process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        Assert.That(started.Where(IsAlive), Is.Empty, "processes that outlive their devnet");
    }

    // Its address is printed as soon as its process is there.
    private static async Task<string?> AnswersAsync(HttpClient http)
    {
        try
        {
            return (await http.GetAsync("/login")).IsSuccessStatusCode ? "" : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    // Which test is the first one must make no difference: each finds a site that has traded and metered already.
    private async Task<string?> MarketAsync()
    {
        HistoryQuery newest = new() { PageSize = 1 };
        try
        {
            SiteInfo? site = (await Node.ListSitesAsync("", CancellationToken.None)).Rows.FirstOrDefault();
            return site is { Records: { Accepted: > 0, Recent.Count: > 0 } }
                && (await Node.ListReadingsAsync(newest, CancellationToken.None)).Rows.Count > 0
                && (await Node.ListOrdersAsync(newest, CancellationToken.None)).Rows.Count > 0
                ? ""
                : null;
        }
        catch (NodeClientException)
        {
            return null;
        }
    }

    private static bool IsAlive(int id)
    {
        try
        {
            using System.Diagnostics.Process process = System.Diagnostics.Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private IEnumerable<int> ProcessIds() => Directory
        .EnumerateFiles(Path.Combine(_folder, "devnet"), "pid", SearchOption.AllDirectories)
        .Select(file => int.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture));

    private Uri Api(int node) => new($"http://127.0.0.1:{_ports + (2 * node) + 1}");

    private static Task<string> LineAsync(ProgramProcess process, Regex line) => Until.FoundAsync(
        () => process.HasEnded
            ? throw new InvalidOperationException("The devnet ended: " + string.Join('\n', process.Lines.TakeLast(5)))
            : Task.FromResult(process.Lines
                .Select(text => line.Match(text))
                .FirstOrDefault(match => match.Success)?.Groups[1].Value),
        $"A line of the devnet like {line}",
        StartPatience);

    [GeneratedRegex(@"^Dashboard: (\S+) shows")]
    private static partial Regex DashboardLine();

    [GeneratedRegex(@"^Slot (\d+) stands for")]
    private static partial Regex SlotLine();
}
