using CsCheck;

namespace EnergyChain.Market.Tests;

public sealed class RewardScheduleTests
{
    private static readonly RewardSchedule Schedule =
        new(new PricePerKwh(8000), [new WattHours(1000), new WattHours(3000)]);

    [TestCase(0UL, 1000UL, 8000)]
    [TestCase(500UL, 1000UL, 4000 + 2000)]
    [TestCase(0UL, 4000UL, 8000 + 8000 + 2000)]
    [TestCase(3000UL, 1UL, 2)]
    [TestCase(5UL, 0UL, 0)]
    public void Rate_halves_at_each_threshold(ulong already, ulong energy, int expected) =>
        Assert.That(
            Schedule.For(new WattHours(already), new WattHours(energy)).BaseUnits,
            Is.EqualTo(new System.Numerics.BigInteger(expected)));

    [Test]
    public void Reward_of_parts_is_the_reward_of_the_whole_where_rates_are_exact()
    {
        Gen.Select(Gen.ULong[0, 4000], Gen.ULong[0, 4000]).Sample((first, second) => Assert.That(
            Schedule.For(WattHours.Zero, new WattHours(first))
                + Schedule.For(new WattHours(first), new WattHours(second)),
            Is.EqualTo(Schedule.For(WattHours.Zero, new WattHours(first + second)))));
    }
}
