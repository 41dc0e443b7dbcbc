using EnergyChain.Benchmarks.Load;

namespace EnergyChain.Benchmarks.Tests;

internal sealed class BlockWindowTests
{
    [Test]
    public void Rate_counts_no_transaction_of_the_first_block_and_goes_by_header_times()
    {
        BlockWindow window = Of((0, 9_999), (1_000, 100), (2_500, 200), (4_000, 300));

        Assert.That(window.Transactions, Is.EqualTo(600));
        Assert.That(window.Seconds, Is.EqualTo(4.0));
        Assert.That(window.Rate, Is.EqualTo(150.0));
        Assert.That(window.Intervals, Is.EqualTo(new[] { 1_000.0, 1_500.0, 1_500.0 }));
    }

    [Test]
    public void LeastRate_is_that_of_the_worst_stretch_of_whole_blocks()
    {
        BlockWindow window = Of((0, 0), (1_000, 100), (2_000, 10), (3_000, 20), (4_000, 100), (5_000, 100));

        Assert.That(window.LeastRate(2), Is.EqualTo(15.0));
    }

    [Test]
    public void LeastRate_takes_a_stretch_that_a_long_block_ends()
    {
        BlockWindow window = Of((0, 0), (1_000, 100), (2_000, 100), (6_000, 40));

        Assert.That(window.LeastRate(2), Is.EqualTo(10.0));
    }

    [Test]
    public void LeastRate_of_a_window_that_is_shorter_is_that_of_all() =>
        Assert.That(Of((0, 0), (1_000, 100)).LeastRate(5), Is.EqualTo(100.0));

    [TestCase(0)]
    [TestCase(1)]
    public void Window_without_two_blocks_has_no_rate(int blocks)
    {
        BlockWindow window = Of([.. Enumerable.Repeat((0L, 5), blocks)]);

        Assert.That(window.Rate, Is.Zero);
        Assert.That(window.LeastRate(5), Is.Zero);
    }

    private static BlockWindow Of(params (long TimeMs, int Transactions)[] blocks) => new(
        [.. blocks.Select((block, place) => new TrailBlock((ulong)place + 1, block.TimeMs, block.Transactions, 0))]);
}
