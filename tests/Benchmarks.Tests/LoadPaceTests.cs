using EnergyChain.Benchmarks.Load;

namespace EnergyChain.Benchmarks.Tests;

internal sealed class LoadPaceTests
{
    private const double Limit = 10_000;

    [Test]
    public void Set_rate_is_kept_by_the_clock_whatever_waits()
    {
        LoadPace pace = new(1_000, Limit);

        Assert.That(pace.Due(0.5, 1_000_000), Is.EqualTo(500));
        pace.Offered(200);
        Assert.That(pace.Due(0.1, 1_000_000), Is.EqualTo(400));
    }

    [Test]
    public void Set_rate_loses_no_part_of_a_transaction()
    {
        LoadPace pace = new(10, Limit);
        int offered = 0;
        for (int tick = 0; tick < 1_000; tick++)
        {
            int due = pace.Due(0.02, 0);
            pace.Offered(due);
            offered += due;
        }

        Assert.That(offered, Is.EqualTo(200).Within(1));
    }

    [Test]
    public void Highest_rate_grows_while_blocks_take_what_waits()
    {
        LoadPace pace = new(null, Limit);
        double first = pace.Pace;
        pace.Observe(Blocks(1_500, 1_500), outstanding: 100);

        Assert.That(pace.Pace, Is.GreaterThan(first));
    }

    [Test]
    public void Highest_rate_falls_to_what_blocks_take_where_a_backlog_grows()
    {
        LoadPace pace = new(null, Limit);
        pace.Observe(Blocks(1_200, 1_200), outstanding: 2_500);

        Assert.That(pace.Pace, Is.EqualTo(1_200));
    }

    [Test]
    public void Highest_rate_does_not_fall_for_empty_blocks_before_the_load_arrives()
    {
        LoadPace pace = new(null, Limit);
        double first = pace.Pace;
        pace.Observe(Blocks(0, 0, 40), outstanding: 100);

        Assert.That(pace.Pace, Is.EqualTo(first));
    }

    [Test]
    public void Backlog_is_bounded()
    {
        LoadPace pace = new(null, Limit);
        pace.Observe(Blocks(2_000, 2_000), outstanding: 100);
        int most = (int)(Math.Max(pace.Pace, 2_000) * LoadPace.MostBacklogSeconds);

        Assert.That(pace.Due(1, most), Is.Zero);
        Assert.That(pace.Due(1, most - 10), Is.InRange(9, 10));
    }

    // A pace so low that no batch ever came due would stop the load for good.
    [Test]
    public void Lowest_pace_still_makes_batches()
    {
        LoadPace pace = new(null, 2_000);
        for (int block = 0; block < 50; block++)
        {
            pace.Observe(Blocks(10, 10), outstanding: 1_000);
        }

        Assert.That(pace.Due(1, 0), Is.GreaterThanOrEqualTo(LoadFeeder.MinBatch));
    }

    private static IReadOnlyList<TrailBlock> Blocks(params int[] transactions) =>
    [
        new TrailBlock(1, 0, 0, 0),
        .. transactions.Select((count, place) => new TrailBlock((ulong)place + 2, (place + 1) * 1_000L, count, 0)),
    ];
}
