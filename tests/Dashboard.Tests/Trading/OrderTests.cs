using Bunit;
using EnergyChain.Client;
using EnergyChain.Client.Model;
using EnergyChain.Client.Units;
using EnergyChain.Contracts;
using EnergyChain.Contracts.Views;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Dashboard.Access;
using EnergyChain.Dashboard.Components.Shared;
using EnergyChain.Dashboard.Tests.Billing;
using EnergyChain.Dashboard.Trading;
using Microsoft.Extensions.DependencyInjection;
using Radzen;

namespace EnergyChain.Dashboard.Tests.Trading;

/// <summary>What is confirmed is what is sent: the order, its slot and the most that its gas may cost.</summary>
public sealed class OrderTests
{
    private const ulong Slot = 9;

    private DashboardContext _context = null!;
    private TestWallet _wallet = null!;
    private List<(string Title, IDictionary<string, object?> Parameters)> _dialogs = null!;

    private DialogService Dialogs => _context.Services.GetRequiredService<DialogService>();

    [SetUp]
    public void LogIn()
    {
        _context = new DashboardContext(context => _wallet = new TestWallet(context));
        _context.Node.OnCall = static _ => new CallResult(true, default, new Gas(30_000), "");
        _dialogs = [];
        Dialogs.OnOpen += (title, _, parameters, _) => _dialogs.Add((title ?? "", parameters!));
    }

    [TearDown]
    public async Task LogOutAsync()
    {
        await _context.DisposeAsync();
        _wallet.Dispose();
    }

    [Test]
    public async Task Cancelling_asks_about_the_order_that_was_clicked_though_its_row_gets_another()
    {
        TaskCompletionSource tried = new();
        _context.Node.CallsMayEnd = tried.Task;
        IRenderedComponent<CancelOrder> row = _context.Render<CancelOrder>(p => p
            .Add(c => c.Order, Order(5)).Add(c => c.Market, FakeContracts.Market));
        Task click = row.Find("button").ClickAsync(new());
        row.Render(p => p.Add(c => c.Order, Order(6)));
        tried.SetResult();
        row.WaitForAssertion(() => Assert.That(_dialogs, Has.Count.EqualTo(1)));
        Assert.That(_dialogs[0].Title, Is.EqualTo("Cancel order 5"));
        await row.InvokeAsync(() => Dialogs.Close(true));
        await click;
        Assert.That(
            _context.Node.Submitted.Single().Body.Data.ToArray(),
            Is.EqualTo(EnergyMarketContract.CancelOrder(5).ToArray()));
    }

    [Test]
    public void Row_of_an_order_stays_its_own_when_a_newer_one_comes()
    {
        _context.Node.Orders.Add(Order(5));
        IRenderedComponent<OwnOrders> orders = _context.Render<OwnOrders>(p => p
            .Add(c => c.Site, 1u).Add(c => c.Market, FakeContracts.Market));
        CancelOrder before = orders.FindComponent<CancelOrder>().Instance;
        _context.Node.Orders.Add(Order(6) with { PlacedTime = new BlockTime(6) });
        _context.Time.Advance(TimeSpan.FromSeconds(3));
        orders.FindComponent<PagedTable<OrderInfo>>().Render(p => p.Add(c => c.Key, "orders/again"));
        orders.WaitForAssertion(() => Assert.That(orders.FindComponents<CancelOrder>(), Has.Count.EqualTo(2)));
        Assert.That(
            orders.FindComponents<CancelOrder>().Single(row => row.Instance.Order.Id == 5).Instance,
            Is.SameAs(before));
    }

    [Test]
    public async Task Order_that_is_confirmed_is_of_the_slot_that_was_shown_though_the_page_moves_on()
    {
        TaskCompletionSource tried = new();
        _context.Node.CallsMayEnd = tried.Task;
        IRenderedComponent<OrderDesk> desk = await DeskAsync(Slot, Book(Slot));
        Task placed = desk.Find("form").SubmitAsync(new());
        desk.Render(p => p.Add(c => c.Slot, Slot + 1).Add(c => c.Book, Book(Slot + 1)));
        tried.SetResult();
        desk.WaitForAssertion(() => Assert.That(_dialogs, Has.Count.EqualTo(1)));
        IDictionary<string, object?> shown = _dialogs[0].Parameters;
        Assert.That(((OrderPlan)shown[nameof(OrderConfirmation.Plan)]!).Slot, Is.EqualTo(Slot));
        Assert.That(((SlotBook)shown[nameof(OrderConfirmation.Book)]!).Slot, Is.EqualTo(Slot));
        await desk.InvokeAsync(() => Dialogs.Close(true));
        await placed;
        Assert.That(
            _context.Node.Submitted.Single().Body.Data.ToArray(),
            Is.EqualTo(EnergyMarketContract.PlaceOrder(Slot, 1, OrderKind.Buy, 1_500, Price("0.12")).ToArray()));
    }

    [Test]
    public async Task Book_of_another_slot_makes_no_order()
    {
        IRenderedComponent<OrderDesk> desk = await DeskAsync(Slot + 1, Book(Slot));
        await desk.Find("form").SubmitAsync(new());
        Assert.That(desk.Find("[role=alert]").TextContent, Does.Contain("is being read"));
        Assert.That(_dialogs, Is.Empty);
    }

    [Test]
    public async Task Slot_whose_gate_has_closed_is_said_at_once()
    {
        IRenderedComponent<OrderDesk> desk = await DeskAsync(Slot, Book(Slot, gate: 1));
        await desk.Find("form").SubmitAsync(new());
        Assert.That(desk.Find("[role=alert]").TextContent, Does.Contain("gate of this slot has closed"));
        Assert.That(_dialogs, Is.Empty);
    }

    [TestCase(60, false)]
    [TestCase(-1, true)]
    public async Task Question_that_stands_open_until_the_gate_closes_says_so(int secondsLeft, bool isClosed)
    {
        OrderPlan plan = new(OrderKind.Buy, Slot, 1, 1_500, Price("0.12"));
        PreparedTransaction prepared =
            await _wallet.Wallet.PrepareAsync(plan.Draft(FakeContracts.Market), CancellationToken.None);
        ulong gate = (ulong)(_context.Time.GetUtcNow().ToUnixTimeSeconds() + secondsLeft);
        IRenderedComponent<OrderConfirmation> question = _context.Render<OrderConfirmation>(p => p
            .Add(c => c.Plan, plan)
            .Add(c => c.Prepared, prepared)
            .Add(c => c.Book, Book(Slot, gate))
            .Add(c => c.Market, FakeContracts.Market));
        Assert.That(question.FindAll("[data-gate=closed]"), Has.Count.EqualTo(isClosed ? 1 : 0));
        Assert.That(question.Find("[data-confirm]").HasAttribute("disabled"), Is.EqualTo(isClosed));
    }

    [TestCase(30_000u, 39_000u, true)]
    [TestCase(40_000u, 39_000u, false)]
    public async Task No_more_gas_is_signed_than_was_confirmed(uint usedNow, uint confirmed, bool isSent)
    {
        _context.Node.OnCall = _ => new CallResult(true, default, new Gas(usedNow), "");
        TransactionDraft draft = new() { To = Address.FromNumber(3), Data = new byte[] { 1 } };
        System.Security.Claims.ClaimsPrincipal user =
            (await _context.User.GetAuthenticationStateAsync()).User;
        Task<SubmitResult> sending =
            _wallet.Wallet.SendAsync(user, draft, new UInt256(confirmed), CancellationToken.None);
        if (isSent)
        {
            await sending;
            Assert.That(_context.Node.Submitted.Single().Body.GasLimit, Is.EqualTo(new Gas(confirmed)));
        }
        else
        {
            Assert.That(async () => await sending, Throws.TypeOf<FeeLimitException>());
            Assert.That(_context.Node.Submitted, Is.Empty);
        }
    }

    private async Task<IRenderedComponent<OrderDesk>> DeskAsync(ulong slot, SlotBook book)
    {
        _context.Node.Sites =
        [
            new(1, "home", _wallet.Account, new BlockTime(1), null, null, null, null, null, null, []),
        ];
        await _context.LinkAsync();
        IRenderedComponent<OrderDesk> desk = _context.Render<OrderDesk>(p => p
            .Add(c => c.Account, _wallet.Account)
            .Add(c => c.Market, FakeContracts.Market)
            .Add(c => c.Slot, slot)
            .Add(c => c.Book, book));
        desk.FindAll("input")[0].Change("1.5 kWh");
        desk.FindAll("input")[1].Change("0.12");
        return desk;
    }

    private OrderInfo Order(ulong id) => new(
        id, Slot, OrderKind.Buy, _wallet.Account, 1, 0, 1_500, 0, Price("0.12"), UInt256.One, UInt256.Zero,
        OrderState.Open, new Height(id));

    private static SlotBook Book(ulong slot, ulong gate = ulong.MaxValue) => new(
        slot,
        new SlotSummary(
            SlotPhase.Open,
            false,
            0,
            0,
            2,
            UInt256.Zero,
            0,
            new SlotTariff(Rows.Big(300_000), Rows.Big(100_000), true),
            gate,
            gate,
            gate,
            gate),
        []);

    private static UInt256 Price(string text) =>
        EnergyPrice.TryParse(text, out UInt256 price) ? price : throw new ArgumentException(text);
}
