using EnergyChain.Client;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;

namespace EnergyChain.Dashboard.Browser;

/// <summary>Whatever somebody types or writes into the chain gives a clear page, and nothing of it runs.</summary>
internal sealed class BadInputTests : BrowserTest
{
    private const string Script = "<img src=x onerror=alert(1)><script>alert(2)</script>";

    [TestCase("/explorer/block/nonsense", "That is no block")]
    [TestCase("/explorer/block/99999999", "There is no such block")]
    [TestCase("/explorer/block/0x1234", "That is no block")]
    [TestCase("/explorer/block/18446744073709551616", "That is no block")]
    [TestCase("/explorer/tx/%3Cscript%3Ealert(1)%3C%2Fscript%3E", "That is no transaction id")]
    [TestCase(
        "/explorer/tx/0x00000000000000000000000000000000000000000000000000000000000000aa",
        "The node knows no such transaction")]
    [TestCase("/explorer/account/0xzz", "That is no address")]
    [TestCase("/explorer/device/0x0000000000000000000000000000000000000001", "The registry knows no such device")]
    [TestCase("/explorer/order/-1", "That is no order")]
    [TestCase("/explorer/order/99999999", "There is no such order")]
    [TestCase("/explorer/trade/99999999", "There is no such trade")]
    [TestCase("/explorer/slot/18446744073709551615", "Nothing is known of this slot")]
    [TestCase("/explorer/search?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E", "is called")]
    [TestCase("/no-such-page", "There is no such page")]
    public async Task Bad_address_gives_a_clear_page(string path, string says)
    {
        await Page.GotoAsync(path);
        await Expect(Page.Locator("main")).ToContainTextAsync(says);
        await Expect(Page.Locator("main script")).ToHaveCountAsync(0);
    }

    [TestCase("/?site=x")]
    [TestCase("/devices?site=99999999999999999999")]
    [TestCase("/explorer?before=-1")]
    public async Task Bad_parameter_shows_the_page_all_the_same(string path)
    {
        await GoAsync(path);
        await Expect(Page.Locator("main .state.error")).ToHaveCountAsync(0);
    }

    [Test]
    public async Task Script_in_a_memo_is_text()
    {
        using SigningKey key = Devnet.UnlockDemo();
        TransactionDraft draft = new()
        {
            To = key.Address,
            Value = UInt256.One,
            Memo = MemoText.Encode(Script),
        };
        PreparedTransaction prepared =
            await new TransactionBuilder(Node).PrepareAsync(draft, key.Address, CancellationToken.None);
        Client.Model.SubmitResult sent = await Node.SubmitAsync(prepared.Sign(key), CancellationToken.None);
        Assert.That(sent.Refusal, Is.EqualTo(TransactionRefusal.None));
        await GoAsync($"/explorer/tx/{sent.Id}");
        await Expect(Page.Locator("[data-state=Final]")).ToBeVisibleAsync();
        await Expect(Page.Locator(".memo")).ToHaveTextAsync(Script);
        await Expect(Page.Locator("main img")).ToHaveCountAsync(0);
        await Expect(Page.Locator("main script")).ToHaveCountAsync(0);
    }
}
