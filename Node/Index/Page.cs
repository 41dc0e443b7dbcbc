namespace EnergyChain.Node.Index;

/// <summary>Rows of a page and the token of the next one, empty at the end.</summary>
internal sealed record Page<T>(IReadOnlyList<T> Rows, string NextPageToken);
