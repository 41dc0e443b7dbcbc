namespace EnergyChain.Node.Index;

/// <summary>Where the history index lives and how much it keeps.</summary>
public sealed class HistoryIndexOptions
{
    /// <summary>The folder of its files, DIR/index of a node; made where it is absent.</summary>
    public required string Path { get; set; }

    /// <summary>Days, by the chain's time, after which whole files go; 0 keeps all.</summary>
    public int KeepDays { get; set; }
}
