using System.Reflection;
using System.Security.Claims;
using Bunit;
using EnergyChain.Client;
using EnergyChain.Contracts;
using EnergyChain.Core.Numerics;
using EnergyChain.Dashboard.Access;
using EnergyChain.Dashboard.Components;
using EnergyChain.Dashboard.Components.Pages;
using EnergyChain.Dashboard.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EnergyChain.Dashboard.Tests.Access;

/// <summary>What an open page may do when the rights of its user end.</summary>
public sealed class OpenPageTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(1_780_000_000));
    private string _folder = "";
    private UserFile _users = null!;

    [SetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("energychain-dashboard").FullName;
        _users = new UserFile(_folder);
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Every_page_asks_for_the_right_to_read_but_those_of_the_login()
    {
        Type[] open = [typeof(Login), typeof(Error), typeof(NotFound)];
        Type[] pages =
        [
            .. typeof(App).Assembly.GetTypes().Where(type => type.GetCustomAttribute<RouteAttribute>() is not null),
        ];
        Type[] unasked =
        [
            .. pages.Where(page =>
                page.GetCustomAttributes<AuthorizeAttribute>().All(asked => asked.Policy != Policies.Read)
                || page.GetCustomAttribute<AllowAnonymousAttribute>() is not null),
        ];
        Assert.That(unasked, Is.EquivalentTo(open));
    }

    [Test]
    public async Task Page_of_a_member_who_is_removed_shows_nothing_more_and_leads_to_the_login()
    {
        await using DashboardContext context = new();
        await context.LinkAsync();
        context.User.LogIn(UserRole.Member);
        context.Services.GetRequiredService<NavigationManager>().NavigateTo("/bills");
        IRenderedComponent<Routes> page = context.Render<Routes>();
        Assert.That(page.FindAll(".empty"), Has.Count.EqualTo(1));
        context.User.LogOut();
        Assert.That(page.FindAll(".empty, .node-badge, nav"), Is.Empty);
        Assert.That(
            context.Services.GetRequiredService<NavigationManager>().Uri, Does.EndWith("/login?return=%2Fbills"));
    }

    [Test]
    public async Task Member_at_an_operators_page_is_told_so_and_not_sent_round_and_round()
    {
        await using DashboardContext context = new();
        await context.LinkAsync();
        context.User.LogIn(UserRole.Member);
        context.Services.GetRequiredService<NavigationManager>().NavigateTo("/community");
        IRenderedComponent<Routes> page = context.Render<Routes>();
        Assert.That(page.Find("[role=alert]").TextContent, Does.Contain("Only the operator"));
        Assert.That(context.Services.GetRequiredService<NavigationManager>().Uri, Does.EndWith("/community"));
    }

    [Test]
    public void Open_page_notices_within_a_minute_that_its_user_is_gone()
    {
        ClaimsPrincipal user = LogIn(UserRole.Member);
        Assert.That(RevalidatingUser.Interval, Is.LessThanOrEqualTo(TimeSpan.FromMinutes(1)));
        Assert.That(IsCurrent(user), Is.True);
        _users.Put(PasswordHash.Create("mary", UserRole.Member, "another password", memoryKiB: 8, passes: 1));
        Assert.That(IsCurrent(user), Is.False);
    }

    [Test]
    public void Login_ends_by_its_age_in_an_open_page_too()
    {
        ClaimsPrincipal user = LogIn(UserRole.Member);
        _time.Advance(UserClaims.LoginLasts - TimeSpan.FromSeconds(1));
        Assert.That(IsCurrent(user), Is.True);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(IsCurrent(user), Is.False);
    }

    [TestCase("removed")]
    [TestCase("demoted")]
    [TestCase("password")]
    [TestCase("age")]
    public async Task Nothing_is_sent_for_an_operator_who_is_none_any_more(string how)
    {
        await using DashboardContext context = new();
        ClaimsPrincipal user = LogIn(UserRole.Operator);
        using OperatorWallet wallet = Wallet(context);
        switch (how)
        {
            case "removed":
                File.WriteAllText(Path.Combine(_folder, "users.json"), "[]");
                break;
            case "demoted":
                LogIn(UserRole.Member);
                break;
            case "password":
                LogIn(UserRole.Operator);
                break;
            default:
                _time.Advance(UserClaims.LoginLasts);
                break;
        }

        TransactionDraft draft = new() { To = EnergyMarketContract.Address };
        Assert.That(
            async () => await wallet.SendAsync(user, draft, UInt256.One, CancellationToken.None),
            Throws.InstanceOf<UnauthorizedAccessException>());
    }

    [Test]
    public async Task Operator_of_now_may_send()
    {
        await using DashboardContext context = new();
        using OperatorWallet wallet = Wallet(context);

        // Without a key the wallet gives up only after it has asked for the right.
        TransactionDraft draft = new() { To = EnergyMarketContract.Address };
        Assert.That(
            async () => await wallet.SendAsync(LogIn(UserRole.Operator), draft, UInt256.One, CancellationToken.None),
            Throws.InstanceOf<InvalidOperationException>().With.Message.Contains("--key"));
    }

    private OperatorWallet Wallet(DashboardContext context)
    {
        ServiceCollection services = new();
        services.AddLogging();
        services.AddAuthorizationCore(policies => AccessSetup.AddPolicies(policies, ReadAccess.Members));
        IAuthorizationService authorization =
            services.BuildServiceProvider().GetRequiredService<IAuthorizationService>();
        return new OperatorWallet(
            DashboardContext.Options,
            context.Session,
            authorization,
            _users,
            _time,
            NullLogger<OperatorWallet>.Instance);
    }

    // Each time with a new password of its own salt.
    private ClaimsPrincipal LogIn(UserRole role)
    {
        UserRecord record = PasswordHash.Create("mary", role, "a long password", memoryKiB: 8, passes: 1);
        _users.Put(record);
        return LoginDesk.PrincipalOf(record, _time.GetUtcNow());
    }

    private bool IsCurrent(ClaimsPrincipal user)
    {
        using RevalidatingUser provider = new(NullLoggerFactory.Instance, _users, _time);
        return provider.IsCurrent(user);
    }
}
