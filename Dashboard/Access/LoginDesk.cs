using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace EnergyChain.Dashboard.Access;

/// <summary>Checks names and passwords, few at once: each check costs memory on purpose.</summary>
/// <param name="users">The users.</param>
/// <param name="time">The clock.</param>
public sealed class LoginDesk(UserFile users, TimeProvider time) : IDisposable
{
    private const int MaxAtOnce = 2;

    // An unknown name costs what a known one does, so that the time tells nothing.
    private static readonly UserRecord Nobody = PasswordHash.Create("-", UserRole.Member, "-", passes: 3);

    private readonly SemaphoreSlim _atOnce = new(MaxAtOnce);

    /// <summary>The user with its claims; null where name or password is wrong.</summary>
    public async Task<ClaimsPrincipal?> TryLogInAsync(string name, string password, CancellationToken cancellationToken)
    {
        UserRecord? user = users.Read().FirstOrDefault(user => user.Name == name);
        await _atOnce.WaitAsync(cancellationToken);
        try
        {
            bool isRight = await Task.Run(() => PasswordHash.Verify(user ?? Nobody, password), cancellationToken);
            return isRight && user is not null ? PrincipalOf(user, time.GetUtcNow()) : null;
        }
        finally
        {
            _atOnce.Release();
        }
    }

    /// <summary>Changes with the password: a cookie that states another is void.</summary>
    public static string StampOf(UserRecord user) => Convert.ToHexStringLower(user.Salt);

    public void Dispose() => _atOnce.Dispose();

    internal static ClaimsPrincipal PrincipalOf(UserRecord user, DateTimeOffset since) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.Name, user.Name),
            new Claim(ClaimTypes.Role, user.Role.ToString()),
            new Claim(UserClaims.Stamp, StampOf(user)),
            new Claim(UserClaims.Since, since.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
        ],
        CookieAuthenticationDefaults.AuthenticationScheme));
}
