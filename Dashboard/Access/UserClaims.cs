using System.Globalization;
using System.Security.Claims;

namespace EnergyChain.Dashboard.Access;

/// <summary>Reads what a login claims and checks it against the users and the clock of now.</summary>
internal static class UserClaims
{
    public const string Stamp = "stamp";

    /// <summary>When the user logged in, in Unix seconds: an open page has no cookie that could expire.</summary>
    public const string Since = "since";

    /// <summary>How long a login lasts, wherever it is used.</summary>
    public static readonly TimeSpan LoginLasts = TimeSpan.FromHours(12);

    /// <summary>Whether the user still exists with this role and password, and the login is not too old.</summary>
    public static bool AreCurrent(ClaimsPrincipal principal, UserFile users, TimeProvider time) =>
        IsYoung(principal, time)
        && users.Read().FirstOrDefault(user => user.Name == principal.Identity?.Name) is { } user
        && principal.FindFirstValue(Stamp) == LoginDesk.StampOf(user)
        && principal.IsInRole(user.Role.ToString());

    private static bool IsYoung(ClaimsPrincipal principal, TimeProvider time) =>
        long.TryParse(
            principal.FindFirstValue(Since), NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
        && time.GetUtcNow().ToUnixTimeSeconds() - seconds < (long)LoginLasts.TotalSeconds;
}
