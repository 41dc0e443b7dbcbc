using EnergyChain.Core.Chain;
using EnergyChain.Core.Numerics;

namespace EnergyChain.Ledger.GenesisFormat;

/// <summary>The ranges of what genesis.json may set.</summary>
public static class GenesisLimits
{
    /// <summary>Chain ids beyond it do not survive JSON readers that hold numbers as 64-bit floats.</summary>
    public const ulong MaxChainId = (1UL << 53) - 1;

    public const ulong MaxBlockIntervalMs = ParameterLimits.MaxBlockIntervalMs;

    public const ulong MinGas = ParameterLimits.MinGas;

    public const ulong MaxBlockGas = ParameterLimits.MaxBlockGas;

    public const ulong MaxEpochBlocks = ParameterLimits.MaxEpochBlocks;

    public static UInt256 MaxGasPrice => ParameterLimits.MaxGasPrice;
}
