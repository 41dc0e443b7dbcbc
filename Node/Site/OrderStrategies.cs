namespace EnergyChain.Node.Site;

/// <summary>The order strategies by name.</summary>
public static class OrderStrategies
{
    public static IReadOnlyList<string> Names { get; } = ["midpoint", "truthful", "zero-intelligence"];

    /// <summary>
    /// Makes a strategy; throws <see cref="ArgumentException"/> that lists the names for an unknown one.
    /// </summary>
    public static IOrderStrategy Create(string name, ulong seed) => name switch
    {
        "midpoint" => new MidpointStrategy(),
        "truthful" => new TruthfulStrategy(),
        "zero-intelligence" => new ZeroIntelligenceStrategy(seed),
        _ => throw new ArgumentException($"Strategy is '{name}'; allowed is {string.Join(", ", Names)}.", nameof(name)),
    };
}
