using EnergyChain.Client;
using Microsoft.Playwright;

namespace EnergyChain.Dashboard.Browser;

/// <summary>What goes wrong while a page is open shows on it by itself, and goes by itself.</summary>
internal sealed class FaultTests : BrowserTest
{
    private static readonly TimeSpan Shown = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Gone = TimeSpan.FromSeconds(20);

    [Test]
    public async Task Meter_that_falls_silent_is_a_fault_within_ten_seconds_and_heals()
    {
        await GoAsync("/devices");
        ILocator fault = Page.Locator("[data-fault=DeviceSilent][data-subject*=grid]");
        ILocator card = Page.Locator("[data-device=grid]");
        DateTimeOffset silent = Devnet.NextSilence(TimeProvider.System.GetUtcNow().AddSeconds(2));
        await Expect(fault).ToHaveCountAsync(0, new() { Timeout = (float)Gone.TotalMilliseconds });
        TimeSpan until = silent - TimeProvider.System.GetUtcNow();
        await Expect(fault).ToBeVisibleAsync(new() { Timeout = (float)(until + Shown).TotalMilliseconds });
        TimeSpan after = TimeProvider.System.GetUtcNow() - silent;
        Assert.That(after, Is.GreaterThan(-TimeSpan.FromSeconds(1)).And.LessThan(Shown));
        await Expect(fault).ToContainTextAsync("since");
        await Expect(fault).ToContainTextAsync("Check its power");
        await Expect(card).ToHaveAttributeAsync("data-state", "silent");
        await Expect(card.Locator(".figure dd").First).ToHaveTextAsync("–");

        float heals = (float)((Devnet.SlotSeconds * Devnet.SilentSlots * 1_000) + Gone.TotalMilliseconds);
        await Expect(fault).ToHaveCountAsync(0, new() { Timeout = heals });
        await Expect(card).ToHaveAttributeAsync("data-state", "ok");
        await Expect(card.Locator(".figure dd").First).Not.ToHaveTextAsync("–");
    }

    [Test]
    public async Task Node_that_is_killed_shows_and_heals_when_it_is_back()
    {
        Uri listen = new($"http://127.0.0.1:{Devnet.SparePort}");
        string data = Path.Combine(Devnet.Folder, "second");
        await using ProgramProcess dashboard = ProgramProcess.Start(
            "Dashboard", "energychain-dashboard", "--node", Devnet.ValidatorNode.ToString(), "--listen",
            listen.ToString(), "--data-dir", data, "--stop-with-input");
        await Until.FoundAsync(
            () => Task.FromResult(dashboard.Lines.FirstOrDefault(
                line => line.StartsWith("Dashboard:", StringComparison.Ordinal))),
            "the second dashboard");
        IPage page = await NewPageAsync(listen);
        try
        {
            await page.GotoAsync("/");
            ILocator link = page.Locator(".node-badge");
            await Expect(link).ToHaveAttributeAsync("data-link", "live");
            using (NodeClient node = Devnet.Client(Devnet.ValidatorNode))
            {
                Assert.That((await node.GetStatusAsync(CancellationToken.None)).Role, Is.EqualTo("consensus"));
            }

            using (System.Diagnostics.Process validator =
                System.Diagnostics.Process.GetProcessById(Devnet.ValidatorProcessId()))
            {
                validator.Kill();
            }

            await Expect(link).ToHaveAttributeAsync("data-link", "down");
            await Expect(page.Locator("[data-fault=NodeDown]")).ToBeVisibleAsync();
            await Expect(page.Locator("[data-fault=NodeDown]")).ToContainTextAsync("since");
            await Expect(link).ToHaveAttributeAsync("data-link", "live", new() { Timeout = 60_000 });
            await Expect(page.Locator("[data-fault=NodeDown]")).ToHaveCountAsync(0);
        }
        finally
        {
            await page.Context.CloseAsync();
        }
    }
}
