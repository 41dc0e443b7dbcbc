using EnergyChain.Core.Codec;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Chain;

/// <summary>What every node of a chain must agree on; set in genesis.json, part of the genesis hash.</summary>
public sealed record ChainParameters : IBcsValue<ChainParameters>
{
    public required ChainId ChainId { get; init; }

    /// <summary>The least time between the times of two headers, in milliseconds.</summary>
    public ulong BlockIntervalMs { get; init; } = 1_000;

    /// <summary>Gas that the transactions of one block may ask for together.</summary>
    public Gas BlockGasLimit { get; init; } = new(2_000_000_000);

    /// <summary>Gas that one transaction may ask for.</summary>
    public Gas TransactionGasLimit { get; init; } = new(200_000_000);

    /// <summary>Base units per gas: a fixed unit price, paid to the proposer.</summary>
    public UInt256 GasPrice { get; init; } = 1_000_000_000;

    /// <summary>Blocks between two changes of the council.</summary>
    public ulong EpochBlocks { get; init; } = 100;

    public static ChainParameters Decode(ref BcsReader reader) => new()
    {
        ChainId = new ChainId(reader.ReadU64()),
        BlockIntervalMs = reader.ReadU64(),
        BlockGasLimit = new Gas(reader.ReadU64()),
        TransactionGasLimit = new Gas(reader.ReadU64()),
        GasPrice = reader.ReadU256(),
        EpochBlocks = reader.ReadU64(),
    };

    public void Encode(BcsWriter writer)
    {
        writer.WriteU64(ChainId.Value);
        writer.WriteU64(BlockIntervalMs);
        writer.WriteU64(BlockGasLimit.Value);
        writer.WriteU64(TransactionGasLimit.Value);
        writer.WriteU256(GasPrice);
        writer.WriteU64(EpochBlocks);
    }
}
