using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace EnergyChain.Dashboard.Access;

/// <summary>Looks again every minute whether the user of an open page still is one.</summary>
internal sealed class RevalidatingUser(ILoggerFactory loggers, UserFile users)
    : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromMinutes(1);

    protected override Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        Task.FromResult(UserClaims.AreCurrent(authenticationState.User, users));
}
