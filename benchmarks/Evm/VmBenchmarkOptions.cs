namespace EnergyChain.Benchmarks.Evm;

/// <summary>What the command line asks for.</summary>
internal sealed record VmBenchmarkOptions
{
    public const int DefaultRounds = 7;
    public const int MaxRounds = 1_000;

    /// <summary>Print one JSON document instead of tables.</summary>
    public bool Json { get; init; }

    /// <summary>Names of rows and groups; empty for all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    public int Rounds { get; init; } = DefaultRounds;

    /// <summary>Folder of bench.json; null for the one beside the checkout.</summary>
    public string? Vectors { get; init; }

    /// <summary>Whether revm is measured too.</summary>
    public bool Anvil { get; init; }

    /// <summary>The anvil program; null to look for it.</summary>
    public string? AnvilPath { get; init; }
}
