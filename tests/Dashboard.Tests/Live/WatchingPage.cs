using EnergyChain.Dashboard.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace EnergyChain.Dashboard.Tests.Live;

/// <summary>A page of two questions whose answers the test gives.</summary>
public sealed class WatchingPage : LivePage
{
    private LiveAnswer<string>? _first;
    private LiveAnswer<string>? _second;

    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    /// <summary>Answers a question by its key.</summary>
    [Parameter, EditorRequired]
    public Func<string, Task<string>> Answer { get; set; } = null!;

    protected override void OnParametersSet()
    {
        Watch(ref _first, Query($"{Name}/first"));
        Watch(ref _second, Query($"{Name}/second"));
    }

    protected override void BuildRenderTree(RenderTreeBuilder builder) =>
        builder.AddContent(0, $"{Name}: {_first?.Value} {_second?.Value}");

    private LiveQuery<string> Query(string key) => new(key, (_, _) => Answer(key), null);
}
