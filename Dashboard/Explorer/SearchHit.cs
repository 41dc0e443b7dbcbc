namespace EnergyChain.Dashboard.Explorer;

/// <summary>Something that a searched text names.</summary>
/// <param name="Kind">ExplorerText has a text for it: Kind.{kind}.</param>
/// <param name="Id">Its number; empty for what has a longer name.</param>
/// <param name="Path">Its page.</param>
public sealed record SearchHit(string Kind, string Id, string Path);
