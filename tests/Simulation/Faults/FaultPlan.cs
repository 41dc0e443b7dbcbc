using EnergyChain.Simulation.Time;

namespace EnergyChain.Simulation.Faults;

/// <summary>
/// What a seed drew: some classes on, the others off, and how strong each is. A run with a few classes at full strength
/// finds what a run with all of them at half strength does not (swarm testing).
/// </summary>
internal sealed record FaultPlan
{
    private const int MaxLossPercent = 30;
    private const int MaxDuplicationPercent = 50;

    public required FaultClass Classes { get; init; }

    public required NetworkWeather Weather { get; init; }

    /// <summary>The mean time between two faults of a class that come and go.</summary>
    public required double MeanIntervalMs { get; init; }

    /// <summary>The longest that such a fault lasts.</summary>
    public required int LongestMs { get; init; }

    /// <summary>How often a client sends a transaction.</summary>
    public required int TransactionEveryMs { get; init; }

    /// <summary>Members that break the rules, and how.</summary>
    public required IReadOnlyDictionary<int, ByzantineKind> Byzantine { get; init; }

    /// <summary>Members whose disk may be damaged for good; with the byzantine ones never more than f.</summary>
    public required IReadOnlyList<int> Fragile { get; init; }

    public static FaultPlan Draw(SimulationOptions options, SeededRandom random)
    {
        FaultClass classes = FaultClass.None;
        foreach (FaultClass one in Enum.GetValues<FaultClass>())
        {
            bool isOne = one is not (FaultClass.None or FaultClass.All);
            if (isOne && options.Faults.HasFlag(one) && random.Chance(50))
            {
                classes |= one;
            }
        }

        IReadOnlyList<int> order = random.Draw(Enumerable.Range(0, options.Nodes), options.Nodes);
        int byzantine = Math.Min(options.Byzantine, options.Nodes);
        ByzantineKind[] kinds = Enum.GetValues<ByzantineKind>();
        return new FaultPlan
        {
            Classes = classes,
            Weather = DrawWeather(classes, options, random),
            MeanIntervalMs = random.Between(1_500, 12_000),
            LongestMs = random.Between(300, 12_000),
            TransactionEveryMs = random.Pick([100, 250, 600, 2_000]),
            Byzantine = order.Take(byzantine).ToDictionary(
                member => member, _ => options.ByzantineKind ?? random.Pick(kinds)),
            Fragile = [.. order.Skip(byzantine).Take(Math.Max(0, options.Tolerated - byzantine))],
        };
    }

    public override string ToString()
    {
        string byzantine = Byzantine.Count == 0 ? "none" : string.Join(", ", Byzantine
            .OrderBy(pair => pair.Key)
            .Select(pair => $"{pair.Key} {pair.Value}"));
        return $"{Classes}; {Weather}; a fault each {MeanIntervalMs:F0} ms for up to {LongestMs} ms; "
            + $"a transaction each {TransactionEveryMs} ms; byzantine: {byzantine}";
    }

    private static NetworkWeather DrawWeather(FaultClass classes, SimulationOptions options, SeededRandom random)
    {
        int loss = random.Between(1, MaxLossPercent);
        int duplication = random.Between(1, MaxDuplicationPercent);
        int baseDelay = random.Pick([1, 10, 50, 150]);
        int jitter = random.Pick([10, 50, 200, 500]);
        int slow = random.Pick([0, 2, 10]);
        if (options.FixedDelayMs is { } fixedMs)
        {
            return new NetworkWeather(0, 0, fixedMs, 0, 0);
        }

        bool isSlow = classes.HasFlag(FaultClass.Delay);
        return new NetworkWeather(
            classes.HasFlag(FaultClass.Loss) ? loss : 0,
            classes.HasFlag(FaultClass.Duplication) ? duplication : 0,
            isSlow ? baseDelay : NetworkWeather.Calm.BaseDelayMs,
            isSlow ? jitter : NetworkWeather.Calm.JitterMs,
            isSlow ? slow : 0);
    }
}
