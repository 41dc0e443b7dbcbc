using EnergyChain.Benchmarks.Load;

namespace EnergyChain.Benchmarks.Tests;

internal sealed class DistributionTests
{
    [Test]
    public void Percentiles_are_by_nearest_rank_whatever_the_order()
    {
        Distribution? of = Distribution.Of(Enumerable.Range(1, 200).Reverse().Select(value => (double)value));

        Assert.That(of, Is.EqualTo(new Distribution(100.5, 100, 190, 198, 200)));
    }

    [Test]
    public void One_value_is_all_of_its_percentiles() =>
        Assert.That(Distribution.Of([7]), Is.EqualTo(new Distribution(7, 7, 7, 7, 7)));

    [Test]
    public void No_value_has_no_distribution() => Assert.That(Distribution.Of([]), Is.Null);
}
