using EnergyChain.Client.Keys;
using EnergyChain.Core.Primitives;
using EnergyChain.Dashboard.Access;
using EnergyChain.Dashboard.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.Dashboard.Tests;

/// <summary>
/// An operator who is logged in, with a key; its keystore is in a folder of its own until it is disposed.
/// </summary>
internal sealed class TestWallet : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("energychain-wallet").FullName;
    private readonly DashboardContext _context;
    private readonly UserFile _users;
    private readonly UserRecord _user;

    public TestWallet(DashboardContext context)
    {
        const string Password = "a long password";
        new Keystore(_folder, new KeystoreOptions { MemoryKiB = 8, Passes = 1 }).Create("site", Password);
        string passwordFile = Path.Combine(_folder, "password");
        File.WriteAllText(passwordFile, Password);
        DashboardOptions options = new()
        {
            DataDirectory = _folder,
            Keystore = _folder,
            Key = "site",
            KeyPasswordFile = passwordFile,
        };
        _users = new UserFile(_folder);
        _user = PasswordHash.Create("operator", UserRole.Operator, Password, memoryKiB: 8, passes: 1);
        _users.Put(_user);
        context.User.LogIn(LoginDesk.PrincipalOf(_user, context.Time.GetUtcNow()));
        context.Services.AddSingleton(services => new OperatorWallet(
            options,
            context.Session,
            services.GetRequiredService<IAuthorizationService>(),
            _users,
            context.Time,
            NullLogger<OperatorWallet>.Instance));
        _context = context;
    }

    public OperatorWallet Wallet => _context.Services.GetRequiredService<OperatorWallet>();

    public Address Account => Wallet.Account!.Value;

    /// <summary>The operator becomes a member, with the same password.</summary>
    public void Demote() => _users.Put(_user with { Role = UserRole.Member });

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
