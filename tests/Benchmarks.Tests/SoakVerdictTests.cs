using EnergyChain.Benchmarks.Load;
using EnergyChain.Benchmarks.Load.Endurance;

namespace EnergyChain.Benchmarks.Tests;

internal sealed class SoakVerdictTests
{
    [Test]
    public void Steady_run_passes_however_it_warmed_up() => Assert.That(
        SoakVerdict.Of(Points(rss: i => i < 10 ? 100 + (i * 10) : 200, pool: i => i % 2 * 3_000)), Is.Empty);

    [Test]
    public void Memory_that_grows_is_found() =>
        Assert.That(SoakVerdict.Of(Points(rss: i => 200 + (i * 3))), Has.One.StartsWith("memory grew"));

    [Test]
    public void Queue_that_grows_is_found() =>
        Assert.That(SoakVerdict.Of(Points(pool: i => i * 1_000)), Has.One.StartsWith("the pool grew"));

    [Test]
    public void Interval_that_drifts_is_found() => Assert.That(
        SoakVerdict.Of(Points(headTimeMs: i => i < 20 ? i * 5_000 : 100_000 + ((i - 20) * 5_200))),
        Has.One.StartsWith("the mean interval went"));

    [Test]
    public void Too_few_looks_say_nothing() =>
        Assert.That(() => SoakVerdict.Of([.. Points().Take(8)]), Throws.InstanceOf<ArgumentOutOfRangeException>());

    private static IReadOnlyList<SeriesPoint> Points(
        Func<int, long>? rss = null, Func<int, long>? pool = null, Func<int, long>? headTimeMs = null) =>
    [
        .. Enumerable.Range(0, 30).Select(i => new SeriesPoint(
            i * 5,
            (ulong)(i * 5),
            (ulong)(headTimeMs?.Invoke(i) ?? (i * 5_000L)),
            pool?.Invoke(i) ?? 0,
            (rss?.Invoke(i) ?? 200) * 1_000_000)),
    ];
}
