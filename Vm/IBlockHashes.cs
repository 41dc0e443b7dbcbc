using EnergyChain.Core.Primitives;

namespace EnergyChain.Vm;

/// <summary>What BLOCKHASH answers from.</summary>
public interface IBlockHashes
{
    /// <summary>The hash of an earlier block. Asked only for the 256 blocks before the current one.</summary>
    Hash32 GetBlockHash(Height height);
}
