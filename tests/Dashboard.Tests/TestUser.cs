using System.Security.Claims;
using EnergyChain.Dashboard.Access;
using Microsoft.AspNetCore.Components.Authorization;

namespace EnergyChain.Dashboard.Tests;

/// <summary>Who looks at a component; nobody at first.</summary>
internal sealed class TestUser : AuthenticationStateProvider
{
    private Task<AuthenticationState> _state = StateOf(new ClaimsPrincipal(new ClaimsIdentity()));

    public override Task<AuthenticationState> GetAuthenticationStateAsync() => _state;

    public void LogIn(UserRole role) => LogIn(new ClaimsPrincipal(new ClaimsIdentity(
        [new Claim(ClaimTypes.Name, "mary"), new Claim(ClaimTypes.Role, role.ToString())], "test")));

    public void LogIn(ClaimsPrincipal user) => Change(user);

    public void LogOut() => Change(new ClaimsPrincipal(new ClaimsIdentity()));

    private void Change(ClaimsPrincipal user)
    {
        _state = StateOf(user);
        NotifyAuthenticationStateChanged(_state);
    }

    private static Task<AuthenticationState> StateOf(ClaimsPrincipal user) =>
        Task.FromResult(new AuthenticationState(user));
}
