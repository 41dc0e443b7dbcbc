using Bunit;
using EnergyChain.Client;
using EnergyChain.Client.Model;
using EnergyChain.Core.Primitives;
using EnergyChain.Dashboard.Access;

namespace EnergyChain.Dashboard.Tests.Access;

/// <summary>An operator whose rights end while the dialog of a sending is open.</summary>
public sealed class SendingTests
{
    private static readonly TransactionDraft Draft = new() { To = Address.FromNumber(3), Data = new byte[] { 1 } };

    private TestWallet _wallet = null!;
    private DashboardContext _context = null!;

    [SetUp]
    public void Start()
    {
        _context = new DashboardContext(context => _wallet = new TestWallet(context));
        _context.Node.OnCall = _ => new CallResult(true, default, new Gas(30_000), "");
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _context.DisposeAsync();
        _wallet.Dispose();
    }

    [Test]
    public async Task What_is_confirmed_is_sent()
    {
        await SendAsync(() => { });
        Assert.That(_context.Node.Submitted, Has.Count.EqualTo(1));
    }

    [TestCase("logout")]
    [TestCase("demoted")]
    [TestCase("age")]
    public async Task Confirmation_of_who_is_no_operator_any_more_sends_nothing(string how)
    {
        IRenderedComponent<SendingAction> action = await SendAsync(() =>
        {
            switch (how)
            {
                case "logout":
                    _context.User.LogOut();
                    break;
                case "demoted":
                    _wallet.Demote();
                    break;
                default:
                    _context.Time.Advance(UserClaims.LoginLasts);
                    break;
            }
        });
        Assert.That(_context.Node.Submitted, Is.Empty);
        Assert.That(action.Instance.Reached?.Key, Is.EqualTo("Refused.Login"));
    }

    private async Task<IRenderedComponent<SendingAction>> SendAsync(Action whileTheDialogIsOpen)
    {
        IRenderedComponent<SendingAction> action = _context.Render<SendingAction>();
        await action.InvokeAsync(() => action.Instance.SendAsync(
            Draft,
            () =>
            {
                whileTheDialogIsOpen();
                return Task.FromResult(true);
            }));
        return action;
    }
}
