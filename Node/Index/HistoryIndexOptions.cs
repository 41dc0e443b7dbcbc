namespace EnergyChain.Node.Index;

/// <summary>Where the history index lives.</summary>
public sealed class HistoryIndexOptions
{
    /// <summary>The LiteDB file, DIR/index.db of a node.</summary>
    public required string Path { get; set; }
}
