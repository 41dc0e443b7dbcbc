using System.Globalization;

namespace EnergyChain.Consensus.Tests.Twins;

/// <summary>
/// Agreement under every scenario of the twins method, and a decision after the last partition heals. The slice that
/// always runs is bounded and the same each time; <c>ENERGYCHAIN_TWINS=rounds,groups</c> enumerates more, such as 3,2
/// (about a minute) or 4,2 (hours).
/// </summary>
public sealed class TwinsTests
{
    private const int SliceOfThreeRounds = 1_200;

    [Test]
    public void Scenarios_are_all_there_and_none_twice()
    {
        TwinsScenarios scenarios = new(pairs: 1, groups: 2);
        Assert.That(scenarios.Choices, Is.EqualTo(4 * 16), "4 leaders, 16 ways to cut 5 processes into at most 2");
        Assert.That(new TwinsScenarios(1, 3).Choices, Is.EqualTo(4 * (1 + 15 + 25)), "Stirling numbers");
        string[] two = [.. scenarios.OfRounds(2).Select(Text)];
        Assert.That(two, Is.Unique);

        // Burnside: as many classes as a renaming leaves scenarios as they are on average.
        Assert.That(two, Has.Length.EqualTo((int)scenarios.CountFixed().Average(choices => choices * choices)));
    }

    [Test]
    [Property("Incident", "high-availability swap")]
    public void One_pair_of_twins_breaks_no_agreement_and_stops_nothing_in_two_rounds() =>
        Assert.That(Faults(new TwinsScenarios(1, 2).OfRounds(2), 1), Is.Empty);

    [Test]
    public void One_pair_of_twins_breaks_no_agreement_and_stops_nothing_in_a_slice_of_three_rounds()
    {
        TwinsScenarios scenarios = new(1, 3);
        int every = scenarios.Choices * scenarios.Choices * scenarios.Choices / 12 / SliceOfThreeRounds;
        Assert.That(Faults(scenarios.OfRounds(3).Where((_, index) => index % every == 0), 1), Is.Empty);
    }

    [Test]
    [Category("Long")]
    public void One_pair_of_twins_breaks_no_agreement_and_stops_nothing_in_all_scenarios_asked_for()
    {
        if (Environment.GetEnvironmentVariable("ENERGYCHAIN_TWINS") is not { } asked)
        {
            Assert.Ignore("set ENERGYCHAIN_TWINS=rounds,groups to enumerate them all");
            return;
        }

        int[] numbers = [.. asked.Split(',').Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
        Assert.That(Faults(new TwinsScenarios(1, numbers[1]).OfRounds(numbers[0]), 1), Is.Empty);
    }

    // The positive control: with f + 1 pairs the enumeration finds what it looks for.
    [Test]
    public void Two_pairs_of_twins_are_found_to_break_agreement_in_one_round()
    {
        string[] faults = [.. Faults(new TwinsScenarios(2, 2).OfRounds(1), 2)];
        Assert.That(faults, Has.Some.StartsWith("two decisions"));
    }

    private static IEnumerable<string> Faults(IEnumerable<TwinsRound[]> scenarios, int pairs)
    {
        foreach (TwinsRound[] scenario in scenarios)
        {
            TwinsRun run = new TwinsRun(scenario, pairs).Run();
            if (run.IsUnsafe)
            {
                yield return $"two decisions: {Text(scenario)}";
            }
            else if (!run.IsDone)
            {
                yield return $"no decision: {Text(scenario)}";
            }
        }
    }

    private static string Text(TwinsRound[] scenario) => string.Join("; ", scenario.AsEnumerable());
}
