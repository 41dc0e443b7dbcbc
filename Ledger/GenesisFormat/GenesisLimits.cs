using EnergyChain.Core.Numerics;

namespace EnergyChain.Ledger.GenesisFormat;

/// <summary>The ranges of what genesis.json may set.</summary>
public static class GenesisLimits
{
    /// <summary>Chain ids beyond it do not survive JSON readers that hold numbers as 64-bit floats.</summary>
    public const ulong MaxChainId = (1UL << 53) - 1;

    /// <summary>The longest block interval, in milliseconds.</summary>
    public const ulong MaxBlockIntervalMs = 60_000;

    /// <summary>The least gas limit: a transfer costs 21,000.</summary>
    public const ulong MinGas = 21_000;

    /// <summary>The highest gas limit of a block.</summary>
    public const ulong MaxBlockGas = 1_000_000_000_000;

    /// <summary>The most blocks between two changes of the council.</summary>
    public const ulong MaxEpochBlocks = 100_000_000;

    /// <summary>2^128 - 1: with it no gas limit times price leaves 256 bits.</summary>
    public static UInt256 MaxGasPrice => new(ulong.MaxValue, ulong.MaxValue);
}
