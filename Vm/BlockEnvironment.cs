using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Vm;

/// <summary>What contracts see of the block they run in.</summary>
/// <param name="ChainId">CHAINID.</param>
/// <param name="Number">NUMBER.</param>
/// <param name="TimestampSeconds">TIMESTAMP: Unix time of the block, in seconds.</param>
/// <param name="Coinbase">COINBASE; warm from the start (EIP-3651).</param>
/// <param name="GasLimit">GASLIMIT of the block.</param>
/// <param name="BaseFee">BASEFEE, in base units per gas.</param>
/// <param name="PrevRandao">PREVRANDAO (EIP-4399).</param>
/// <param name="BlockHashes">Answers BLOCKHASH.</param>
public readonly record struct BlockEnvironment(
    ChainId ChainId,
    Height Number,
    ulong TimestampSeconds,
    Address Coinbase,
    Gas GasLimit,
    UInt256 BaseFee,
    Hash32 PrevRandao,
    IBlockHashes BlockHashes);
