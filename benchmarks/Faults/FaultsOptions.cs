namespace EnergyChain.Benchmarks.Faults;

/// <summary>What the command line asks for.</summary>
internal sealed record FaultsOptions
{
    public const int MaxRepeats = 1_000;

    /// <summary>Print one JSON document instead of a table.</summary>
    public bool Json { get; init; }

    /// <summary>Names of cases; empty for all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Crashed proposers, and healed partitions of each kind.</summary>
    public int Repeats { get; init; } = 3;

    /// <summary>Validators that are killed and started again; a hundred is the long form.</summary>
    public int Restarts { get; init; } = 20;

    /// <summary>Blocks whose mean interval is taken.</summary>
    public int Blocks { get; init; } = 60;
}
