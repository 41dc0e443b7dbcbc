using Microsoft.AspNetCore.Components;

namespace EnergyChain.Dashboard.Tests;

/// <summary>A dialog with a bug.</summary>
public sealed class FailingDialog : ComponentBase
{
    protected override void OnParametersSet() => throw new InvalidOperationException("a bug");
}
