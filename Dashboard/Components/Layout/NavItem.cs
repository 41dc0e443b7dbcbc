using System.Reflection;
using Microsoft.AspNetCore.Components;

namespace EnergyChain.Dashboard.Components.Layout;

/// <summary>An entry of the navigation.</summary>
/// <param name="Name">Names its text, "Nav." + name.</param>
/// <param name="Path">The page.</param>
/// <param name="Icon">Path of a 24 by 24 drawing.</param>
public sealed record NavItem(string Name, string Path, string Icon)
{
    private static readonly NavItem[] All =
    [
        new("Home", "/", "M3 11 12 3l9 8v10h-6v-6H9v6H3z"),
        new("Devices", "/devices", "M7 3h10v18H7zM10 6h4M10 10h4M12 17h.01"),
        new("Market", "/market", "M3 20h18M6 16l4-5 4 3 6-8"),
        new("Bills", "/bills", "M6 3h12v18l-3-2-3 2-3-2-3 2zM9 8h6M9 12h6"),
        new(
            "Community",
            "/community",
            "M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zm8 0a3 3 0 1 0 0-6M2 20c0-4 3-6 6-6s6 2 6 6m2-6c3 0 6 2 6 6"),
        new("Explorer", "/explorer", "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zm5-2 6 6"),
        new("Network", "/network", "M12 3v6m0 6v6M5 12h4m6 0h4M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z"),
    ];

    /// <summary>Those whose pages this program has.</summary>
    public static IReadOnlyList<NavItem> Shown { get; } = [.. All.Where(static item => HasPage(item.Path))];

    private static bool HasPage(string path) => typeof(NavItem).Assembly.GetTypes()
        .SelectMany(static type => type.GetCustomAttributes<RouteAttribute>())
        .Any(route => route.Template == path);
}
