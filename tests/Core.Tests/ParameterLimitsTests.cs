using EnergyChain.Core.Chain;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Tests;

public sealed class ParameterLimitsTests
{
    private static readonly ChainParameters Sound = new() { ChainId = new ChainId(1) };

    [Test]
    public void Defaults_and_the_ends_of_the_ranges_are_kept()
    {
        ChainParameters least = Sound with
        {
            BlockIntervalMs = 100,
            BlockGasLimit = new Gas(21_000),
            TransactionGasLimit = new Gas(21_000),
            GasPrice = UInt256.Zero,
            EpochBlocks = 1,
        };
        ChainParameters most = Sound with
        {
            BlockIntervalMs = 60_000,
            BlockGasLimit = new Gas(1_000_000_000_000),
            TransactionGasLimit = new Gas(1_000_000_000_000),
            GasPrice = new UInt256(ulong.MaxValue, ulong.MaxValue),
            EpochBlocks = 100_000_000,
        };
        Assert.That(ParameterLimits.AreKept(Sound), Is.True);
        Assert.That(ParameterLimits.AreKept(least), Is.True);
        Assert.That(ParameterLimits.AreKept(most), Is.True);
    }

    [Test]
    public void Each_parameter_beyond_its_range_is_refused()
    {
        ChainParameters[] beyond =
        [
            Sound with { BlockIntervalMs = 99 },
            Sound with { BlockIntervalMs = 60_001 },
            Sound with { BlockGasLimit = new Gas(20_999), TransactionGasLimit = new Gas(20_999) },
            Sound with { BlockGasLimit = new Gas(1_000_000_000_001) },
            Sound with { TransactionGasLimit = new Gas(20_999) },
            Sound with { TransactionGasLimit = new Gas(Sound.BlockGasLimit.Value + 1) },
            Sound with { GasPrice = new UInt256(0, 0, 1, 0) },
            Sound with { EpochBlocks = 0 },
            Sound with { EpochBlocks = 100_000_001 },
        ];
        Assert.That(beyond.Where(ParameterLimits.AreKept), Is.Empty);
    }
}
