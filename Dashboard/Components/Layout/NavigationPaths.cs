using Microsoft.AspNetCore.Components;

namespace EnergyChain.Dashboard.Components.Layout;

/// <summary>Where a page is within this site.</summary>
internal static class NavigationPaths
{
    extension(NavigationManager navigation)
    {
        public string PathAndQuery => new Uri(navigation.Uri).PathAndQuery;
    }
}
