namespace EnergyChain.Client.Model;

/// <summary>A page of a list.</summary>
/// <param name="Rows">At most as many as were asked for.</param>
/// <param name="NextPageToken">What to ask the next page with; empty at the end.</param>
public sealed record PageOf<T>(IReadOnlyList<T> Rows, string NextPageToken)
{
    /// <summary>What would stand among the rows, had it not been erased; each record once a page.</summary>
    public IReadOnlyList<ErasedInfo> Erased { get; init; } = [];
}
