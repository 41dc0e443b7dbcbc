using System.Globalization;

namespace EnergyChain.Vm.Tests.Fuzzing;

/// <summary>How long fuzz tests run, and from which seeds.</summary>
internal static class FuzzSettings
{
    private const int RandomSeeds = 5;

    /// <summary>ENERGYCHAIN_FUZZ_FACTOR makes every fuzz test that many times as long.</summary>
    public static int Factor => Setting("ENERGYCHAIN_FUZZ_FACTOR", 1);

    /// <summary>
    /// The seeds from a first one on, the same in every run, and a few that are not: a failure names its seed, and
    /// ENERGYCHAIN_FUZZ_SEED begins with it.
    /// </summary>
    /// <param name="count">How many of the first kind, before <see cref="Factor"/>.</param>
    public static IEnumerable<int> Seeds(int count) => Enumerable
        .Range(Setting("ENERGYCHAIN_FUZZ_SEED", 1), count * Factor)
        .Concat(Enumerable.Range(0, RandomSeeds).Select(static _ => Random.Shared.Next()));

    public static int Setting(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is string text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : otherwise;
}
