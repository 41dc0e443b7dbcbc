using CsCheck;
using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Consensus;
using EnergyChain.Node.Pool;

namespace EnergyChain.Node.Tests.Consensus;

public sealed class BlockPaceTests
{
    private const ulong Million = 1_000_000;

    private static readonly ChainParameters Parameters = new()
    {
        ChainId = new ChainId(7),
        BlockIntervalMs = 1_000,
        BlockGasLimit = new Gas(2_000 * Million),
        TransactionGasLimit = new Gas(20 * Million),
    };

    [Test]
    public void Full_blocks_that_are_quick_lead_to_the_limit_of_the_chain()
    {
        BlockPace pace = new(Parameters);
        Assert.That(pace.Limit, Is.EqualTo(new Gas(125 * Million)));
        for (int i = 0; i < 6; i++)
        {
            pace.Observe(pace.Limit, TimeSpan.FromMilliseconds(100));
        }

        // Its gas, and 100,000 for each transaction that fits by number.
        Assert.That(pace.Limit, Is.EqualTo(new Gas((2_000 + (Limits.MaxBlockTransactions / 10)) * Million)));
    }

    [Test]
    public void What_was_too_much_for_a_moment_is_left_behind_within_twenty_blocks()
    {
        BlockPace pace = new(Parameters);
        for (int i = 0; i < 6; i++)
        {
            pace.Observe(pace.Limit, TimeSpan.FromMilliseconds(100));
        }

        for (int i = 0; i < 8; i++)
        {
            pace.ObserveInterval(TimeSpan.FromSeconds(5));
            pace.Observe(pace.Limit, TimeSpan.FromMilliseconds(100));
        }

        Assert.That(pace.Limit.Value, Is.LessThan(100 * Million));
        for (int i = 0; i < 20; i++)
        {
            pace.ObserveInterval(TimeSpan.FromSeconds(1));
            pace.Observe(pace.Limit, TimeSpan.FromMilliseconds(100));
        }

        Assert.That(pace.Limit.Value, Is.GreaterThan(500 * Million));
    }

    [Test]
    public void Blocks_that_are_not_full_teach_nothing()
    {
        BlockPace pace = new(Parameters);
        pace.Observe(new Gas(Million), TimeSpan.FromMilliseconds(1));
        pace.Observe(default, TimeSpan.Zero);
        Assert.That(pace.Limit, Is.EqualTo(new Gas(125 * Million)));
    }

    [Test]
    public void A_load_of_any_speed_is_held_to_the_budget_within_a_few_blocks(
        [Values(50, 100, 400)] int gasPerMicrosecond)
    {
        BlockPace pace = new(Parameters);
        TimeSpan took = default;
        for (int i = 0; i < 8; i++)
        {
            took = TimeSpan.FromMicroseconds((double)pace.Limit.Value / gasPerMicrosecond);
            pace.Observe(pace.Limit, took);
        }

        ulong smallest = Parameters.TransactionGasLimit.Value / (ulong)gasPerMicrosecond;
        Assert.That(took.TotalMicroseconds, Is.LessThanOrEqualTo(Math.Max(500_000, smallest)));
    }

    [Test]
    public void One_hiccup_is_mended_by_two_full_blocks()
    {
        BlockPace pace = new(Parameters);
        pace.Observe(new Gas(Million), TimeSpan.FromSeconds(30));
        pace.Observe(pace.Limit, TimeSpan.FromMilliseconds(10));
        pace.Observe(pace.Limit, TimeSpan.FromMilliseconds(10));
        Assert.That(pace.Limit.Value, Is.GreaterThanOrEqualTo(124 * Million));
    }

    [Test]
    public void Late_blocks_after_full_ones_make_blocks_smaller_however_quick_they_execute()
    {
        BlockPace pace = new(Parameters);
        pace.Observe(pace.Limit, TimeSpan.FromMilliseconds(10));
        pace.Observe(pace.Limit, TimeSpan.FromMilliseconds(10));
        ulong before = pace.Limit.Value;
        pace.ObserveInterval(TimeSpan.FromMilliseconds(1_600));

        Assert.That(pace.Limit.Value, Is.EqualTo(before / 2));
    }

    [Test]
    public void Limit_that_nobody_has_used_lately_is_forgotten()
    {
        BlockPace pace = new(Parameters);
        for (int i = 0; i < 4; i++)
        {
            pace.Observe(pace.Limit, TimeSpan.FromMilliseconds(100));
        }

        for (int i = 0; i < 80; i++)
        {
            pace.Observe(new Gas(Million), TimeSpan.FromMilliseconds(1));
        }

        Assert.That(pace.Limit, Is.EqualTo(new Gas(125 * Million)));
    }

    [Test]
    public void Late_blocks_after_small_ones_are_not_the_fault_of_their_size()
    {
        BlockPace pace = new(Parameters);
        pace.Observe(new Gas(Million), TimeSpan.FromMilliseconds(10));
        pace.ObserveInterval(TimeSpan.FromSeconds(10));

        Assert.That(pace.Limit, Is.EqualTo(new Gas(125 * Million)));
    }

    [Test]
    public void Chain_that_carries_so_much_a_second_is_loaded_to_that_and_not_far_beyond(
        [Values(60, 300, 900)] int millionsPerSecond)
    {
        BlockPace pace = new(Parameters);
        double interval = 1_000;
        for (int i = 0; i < 100; i++)
        {
            pace.ObserveInterval(TimeSpan.FromMilliseconds(interval));
            Gas full = pace.Limit;
            pace.Observe(full, TimeSpan.FromMilliseconds(100));
            interval = Math.Max(1_000, 1_000.0 * full.Value / Million / millionsPerSecond);
            if (i >= 10)
            {
                // Within the first ten blocks it has found what the chain carries.
                Assert.That(interval, Is.LessThanOrEqualTo(1_500));
                Assert.That(full.Value / Million, Is.GreaterThanOrEqualTo((ulong)millionsPerSecond / 2));
            }
        }
    }

    [Test]
    public void Every_transaction_finds_a_block_and_no_block_exceeds_the_chains_limit() =>
        Gen.Select(Gen.ULong[0, 2_000 * Million], Gen.Int[0, 60_000]).Array[1, 40].Sample(blocks =>
        {
            BlockPace pace = new(Parameters);
            foreach ((ulong stated, int milliseconds) in blocks)
            {
                pace.Observe(new Gas(stated), TimeSpan.FromMilliseconds(milliseconds));
                Assert.That(pace.Limit, Is.GreaterThanOrEqualTo(Parameters.TransactionGasLimit));
                Assert.That(pace.Limit, Is.LessThanOrEqualTo(PoolSelection.WeightOfFullBlock(Parameters)));
            }
        });
}
