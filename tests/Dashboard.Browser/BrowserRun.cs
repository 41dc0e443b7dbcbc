using Microsoft.Playwright;

namespace EnergyChain.Dashboard.Browser;

/// <summary>
/// One devnet and one browser for all tests. Where nobody asked for them, or without either, every test is skipped and
/// says why.
/// </summary>
[SetUpFixture]
internal sealed class BrowserRun
{
    private static IPlaywright? _playwright;

    public static Devnet Devnet { get; private set; } = null!;

    public static IBrowser Browser { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        OptIn.Require("browser");
        if (Chromium.Find() is not { } chromium)
        {
            Assert.Ignore($"No chromium here: install the package 'chromium' or set {Chromium.Variable}.");
            return;
        }

        Devnet = await Devnet.StartAsync(SharedData.Path("data/citylearn2022"));
        Assertions.SetDefaultExpectTimeout((float)Until.Patience.TotalMilliseconds);
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = chromium,

            // A hundred pages in as many processes would be a test of the machine's memory.
            Args = ["--renderer-process-limit=4"],
        });
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (Browser is not null)
        {
            await Browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (Devnet is not null)
        {
            await Devnet.DisposeAsync();
        }
    }
}
