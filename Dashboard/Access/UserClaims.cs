using System.Security.Claims;

namespace EnergyChain.Dashboard.Access;

/// <summary>Reads what a cookie claims and checks it against the users of now.</summary>
internal static class UserClaims
{
    public const string Stamp = "stamp";

    /// <summary>Whether the user still exists with this role and password.</summary>
    public static bool AreCurrent(ClaimsPrincipal principal, UserFile users) =>
        users.Read().FirstOrDefault(user => user.Name == principal.Identity?.Name) is { } user
        && principal.FindFirstValue(Stamp) == LoginDesk.StampOf(user)
        && principal.IsInRole(user.Role.ToString());
}
