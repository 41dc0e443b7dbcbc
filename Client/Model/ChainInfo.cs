using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Client.Model;

/// <summary>The parameters of the chain that a builder of transactions needs.</summary>
/// <param name="ChainId">The chain.</param>
/// <param name="GenesisHash">Its genesis.</param>
/// <param name="BlockInterval">The least time between two blocks.</param>
/// <param name="TransactionGasLimit">Gas that one transaction may ask for.</param>
/// <param name="GasPrice">Base units per gas.</param>
/// <param name="MaxValidityBlocks">How far ahead valid-until may lie.</param>
/// <param name="Council">The council that decides the next height.</param>
public sealed record ChainInfo(
    ChainId ChainId,
    Hash32 GenesisHash,
    TimeSpan BlockInterval,
    Gas TransactionGasLimit,
    UInt256 GasPrice,
    ulong MaxValidityBlocks,
    IReadOnlyList<Address> Council);
