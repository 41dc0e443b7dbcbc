using CsCheck;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Consensus;

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
        Assert.That(pace.GasLimit, Is.EqualTo(new Gas(250 * Million)));
        for (int i = 0; i < 3; i++)
        {
            pace.Observe(pace.GasLimit, TimeSpan.FromMilliseconds(100));
        }

        Assert.That(pace.GasLimit, Is.EqualTo(Parameters.BlockGasLimit));
    }

    [Test]
    public void Blocks_that_are_not_full_teach_nothing()
    {
        BlockPace pace = new(Parameters);
        pace.Observe(new Gas(Million), TimeSpan.FromMilliseconds(1));
        pace.Observe(default, TimeSpan.Zero);
        Assert.That(pace.GasLimit, Is.EqualTo(new Gas(250 * Million)));
    }

    [Test]
    public void A_load_of_any_speed_is_held_to_the_budget_within_a_few_blocks(
        [Values(50, 100, 400)] int gasPerMicrosecond)
    {
        BlockPace pace = new(Parameters);
        TimeSpan took = default;
        for (int i = 0; i < 8; i++)
        {
            took = TimeSpan.FromMicroseconds((double)pace.GasLimit.Value / gasPerMicrosecond);
            pace.Observe(pace.GasLimit, took);
        }

        ulong smallest = Parameters.TransactionGasLimit.Value / (ulong)gasPerMicrosecond;
        Assert.That(took.TotalMicroseconds, Is.LessThanOrEqualTo(Math.Max(250_000, smallest)));
    }

    [Test]
    public void One_hiccup_is_mended_by_two_full_blocks()
    {
        BlockPace pace = new(Parameters);
        pace.Observe(new Gas(Million), TimeSpan.FromSeconds(30));
        pace.Observe(pace.GasLimit, TimeSpan.FromMilliseconds(10));
        pace.Observe(pace.GasLimit, TimeSpan.FromMilliseconds(10));
        Assert.That(pace.GasLimit.Value, Is.GreaterThanOrEqualTo(248 * Million));
    }

    [Test]
    public void Every_transaction_finds_a_block_and_no_block_exceeds_the_chains_limit() =>
        Gen.Select(Gen.ULong[0, 2_000 * Million], Gen.Int[0, 60_000]).Array[1, 40].Sample(blocks =>
        {
            BlockPace pace = new(Parameters);
            foreach ((ulong stated, int milliseconds) in blocks)
            {
                pace.Observe(new Gas(stated), TimeSpan.FromMilliseconds(milliseconds));
                Assert.That(pace.GasLimit, Is.GreaterThanOrEqualTo(Parameters.TransactionGasLimit));
                Assert.That(pace.GasLimit, Is.LessThanOrEqualTo(Parameters.BlockGasLimit));
            }
        });
}
