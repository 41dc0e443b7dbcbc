using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace EnergyChain.Dashboard.Access;

/// <summary>
/// Looks again every minute whether the user of an open page still is one; who is none any more becomes a stranger,
/// for whom the routes decide anew what they show.
/// </summary>
internal sealed class RevalidatingUser(ILoggerFactory loggers, UserFile users, TimeProvider time)
    : RevalidatingServerAuthenticationStateProvider(loggers)
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override TimeSpan RevalidationInterval => Interval;

    public bool IsCurrent(ClaimsPrincipal user) => UserClaims.AreCurrent(user, users, time);

    protected override Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        Task.FromResult(IsCurrent(authenticationState.User));
}
