using EnergyChain.Core.Numerics;

namespace EnergyChain.Core.Chain;

/// <summary>
/// The ranges of the chain parameters, wherever they come from: genesis.json, or a vote of the council. The Council
/// contract keeps to narrower ones, so that no vote takes from the council the means to vote again.
/// </summary>
public static class ParameterLimits
{
    /// <summary>The shortest block interval, in milliseconds.</summary>
    public const ulong MinBlockIntervalMs = Limits.MinBlockIntervalMs;

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

    /// <summary>Whether every parameter lies in its range and the gas limits fit each other.</summary>
    public static bool AreKept(ChainParameters parameters) =>
        parameters.BlockIntervalMs is >= MinBlockIntervalMs and <= MaxBlockIntervalMs
        && parameters.BlockGasLimit.Value is >= MinGas and <= MaxBlockGas
        && parameters.TransactionGasLimit.Value >= MinGas
        && parameters.TransactionGasLimit <= parameters.BlockGasLimit
        && parameters.GasPrice <= MaxGasPrice
        && parameters.EpochBlocks is >= 1 and <= MaxEpochBlocks;
}
