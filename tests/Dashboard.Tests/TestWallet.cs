using EnergyChain.Client.Keys;
using EnergyChain.Core.Primitives;
using EnergyChain.Dashboard.Access;
using EnergyChain.Dashboard.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.Dashboard.Tests;

/// <summary>An operator who is logged in, with a key; its keystore is in a folder of its own until it is disposed.</summary>
internal sealed class TestWallet : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("energychain-wallet").FullName;
    private readonly DashboardContext _context;

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
        UserFile users = new(_folder);
        UserRecord user = PasswordHash.Create("operator", UserRole.Operator, Password, memoryKiB: 8, passes: 1);
        users.Put(user);
        context.User.LogIn(LoginDesk.PrincipalOf(user, context.Time.GetUtcNow()));
        context.Services.AddSingleton(services => new OperatorWallet(
            options,
            context.Session,
            services.GetRequiredService<IAuthorizationService>(),
            users,
            context.Time,
            NullLogger<OperatorWallet>.Instance));
        _context = context;
    }

    public OperatorWallet Wallet => _context.Services.GetRequiredService<OperatorWallet>();

    public Address Account => Wallet.Account!.Value;

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
