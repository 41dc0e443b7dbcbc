using System.Globalization;
using EnergyChain.Client;
using EnergyChain.Client.Model;
using Microsoft.Playwright;

namespace EnergyChain.Dashboard.Browser;

/// <summary>What goes wrong while a page is open shows on it by itself, and goes by itself.</summary>
internal sealed class FaultTests : BrowserTest
{
    private const string Fault = "[data-fault=DeviceSilent][data-subject*=grid]";

    private static readonly TimeSpan Shown = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Gone = TimeSpan.FromSeconds(20);

    [Test]
    public async Task Meter_that_falls_silent_is_a_fault_within_ten_seconds_and_heals()
    {
        await GoAsync("/devices");
        ILocator fault = Page.Locator(Fault);
        ILocator card = Page.Locator("[data-device=grid]");

        // A silence that has begun already is not the one to follow, whether the page shows it yet or not.
        await Until.FoundAsync(
            static () => Task.FromResult(IsCalm() ? "" : null), "the end of a silence", Devnet.Silence + Patience);
        await Expect(fault).ToHaveCountAsync(0);
        await FollowFaultAsync();
        DateTimeOffset silent = Devnet.NextSilence(TimeProvider.System.GetUtcNow());
        TimeSpan until = silent - TimeProvider.System.GetUtcNow();
        await Expect(fault).ToBeVisibleAsync(new() { Timeout = (float)(until + Patience).TotalMilliseconds });
        await Expect(fault).ToContainTextAsync("since");
        await Expect(fault).ToContainTextAsync("Check its power");
        await Expect(card).ToHaveAttributeAsync("data-state", "silent");
        await Expect(card.Locator(".figure dd").First).ToHaveTextAsync("–");
        DeviceInfo device = (await SiteAsync()).Devices.Single(static each => each.Name == "grid");
        DateTimeOffset since = DateTimeOffset.FromUnixTimeMilliseconds((long)device.Since.UnixMs);
        await Expect(fault.Locator("time")).ToHaveAttributeAsync(
            "datetime", since.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));

        float heals = (float)(Devnet.Silence + Gone).TotalMilliseconds;
        await Expect(fault).ToHaveCountAsync(0, new() { Timeout = heals });
        await Expect(card).ToHaveAttributeAsync("data-state", "ok");
        await Expect(card.Locator(".figure dd").First).Not.ToHaveTextAsync("–");

        // By the page's own record of what it showed: asking it takes its time on a busy machine.
        double[] times = await Page.EvaluateAsync<double[]>("() => window.faults");
        double began = silent.ToUnixTimeMilliseconds();
        Assert.That(times, Has.Length.EqualTo(2), "shown once and gone once");
        Assert.That(times[0] - began, Is.InRange(0, Shown.TotalMilliseconds), "ms from the silence to the fault");
        Assert.That(times[1] - began, Is.GreaterThan(Devnet.Silence.TotalMilliseconds), "ms until it went");
    }

    [Test]
    public async Task Node_that_is_killed_shows_and_heals_when_it_is_back()
    {
        await using OtherDashboard dashboard = await OtherDashboard.StartAsync(Devnet, Devnet.ValidatorNode);
        IPage page = await NewPageAsync(dashboard.Address);
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
            await Expect(page.Locator("[data-fault=NodeDown]")).ToContainTextAsync("since");
            await Expect(link).ToHaveAttributeAsync("data-link", "live", new() { Timeout = 60_000 });
            await Expect(page.Locator("[data-fault=NodeDown]")).ToHaveCountAsync(0);
        }
        finally
        {
            await page.Context.CloseAsync();
        }
    }

    // No silence has begun that might still be seen.
    private static bool IsCalm()
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        return Devnet.NextSilence(now - Devnet.Silence - Gone) > now;
    }

    // When it comes and when it goes, by the clock that the devnet's slots go by too.
    private Task FollowFaultAsync() => Page.EvaluateAsync(
        """
        selector => {
            window.faults = [];
            const look = () => {
                if (!!document.querySelector(selector) !== (window.faults.length % 2 === 1)) {
                    window.faults.push(Date.now());
                }
            };
            new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
            look();
        }
        """,
        Fault);
}
