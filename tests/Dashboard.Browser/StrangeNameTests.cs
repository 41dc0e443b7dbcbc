using System.Text.Json;
using EnergyChain.Client.Model;
using Microsoft.Playwright;

namespace EnergyChain.Dashboard.Browser;

/// <summary>A node, a site and a device may be called whatever somebody likes: a page shows it, nothing runs.</summary>
internal sealed class StrangeNameTests : BrowserTest
{
    private const string NodeName = "<script>alert(1)</script>";
    private const string SiteName = "<img src=x onerror=alert(2)>\u202E";
    private const uint Site = 77;

    private static int PeerPort => Devnet.SparePort - 4;

    private static int ApiPort => PeerPort + 1;

    private static int NoMetersPort => PeerPort + 2;

    [Test]
    public async Task Names_that_are_scripts_are_text()
    {
        string folder = Directory.CreateDirectory(Path.Combine(Devnet.Folder, "strange")).FullName;
        await using ProgramProcess node = ProgramProcess.Start(
            "Node", "energychain-node", "run", "--config", Configure(folder), "--stop-with-input");
        Uri api = new($"http://127.0.0.1:{ApiPort}");
        using Client.NodeClient client = Devnet.Client(api);
        await Until.FoundAsync(
            () => FollowsAsync(client), "a node with a strange name that follows", TimeSpan.FromMinutes(1));

        await using OtherDashboard dashboard = await OtherDashboard.StartAsync(Devnet, api);
        IPage page = await NewPageAsync(dashboard.Address);
        foreach (string path in new[] { "/", "/devices", "/market", "/bills", "/network", $"/?site={Site}" })
        {
            await page.GotoAsync(path);
            await Expect(page.Locator("[data-link=live][data-interactive]")).ToBeVisibleAsync();
            await Expect(page.Locator(".node-name")).ToHaveTextAsync(NodeName);
            await Expect(page.Locator("body img, main script")).ToHaveCountAsync(0);
        }

        // What would turn the reading direction of a page is shown as a sign.
        await Expect(page.Locator("main h1")).ToContainTextAsync("<img src=x onerror=alert(2)>");
        await Expect(page.Locator("main h1")).Not.ToContainTextAsync("\u202E");
        await page.Context.CloseAsync();
    }

    private static async Task<NodeStatusInfo?> FollowsAsync(Client.NodeClient client)
    {
        try
        {
            NodeStatusInfo status = await client.GetStatusAsync(CancellationToken.None);
            return status.Height.Value > 1 ? status : null;
        }
        catch (Client.NodeClientException)
        {
            return null;
        }
    }

    // Its meters are nowhere and its keys are known to nobody: it is a relay of the first home's node.
    private static string Configure(string folder)
    {
        foreach ((string file, char digit) in new[] { ("node.key", '1'), ("account.key", '2'), ("device.key", '3') })
        {
            File.WriteAllText(Path.Combine(folder, file), new string(digit, 64));
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(Path.Combine(folder, file), UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
        }

        string config = Path.Combine(folder, "node.json");
        File.WriteAllText(config, JsonSerializer.Serialize(new
        {
            name = NodeName,
            role = "relay",
            genesis = Path.Combine(Devnet.Folder, "devnet", "genesis.json"),
            peerListen = $"127.0.0.1:{PeerPort}",
            apiListen = $"127.0.0.1:{ApiPort}",
            peers = new[] { $"127.0.0.1:{Devnet.SiteNode.Port - 1}" },
            site = new
            {
                id = Site,
                name = SiteName,
                modbus = new { port = NoMetersPort, timeoutMs = 100 },
            },
        }));
        return config;
    }
}
