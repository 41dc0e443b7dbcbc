using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Storage;
using EnergyChain.Vm;

namespace EnergyChain.Node.Execution;

/// <summary>
/// Block hashes out of the block log, each read once: for blocks further back than <see cref="RecentHashes"/> keeps.
/// For one execution, which asks for at most 256.
/// </summary>
internal sealed class StoredHashes(BlockLog blocks, Hash32 genesisHash) : IBlockHashes
{
    private readonly Dictionary<Height, Hash32> _read = new() { [Height.Genesis] = genesisHash };

    /// <summary>Zero where the block cannot be read; the receipt then tells.</summary>
    public Hash32 GetBlockHash(Height height)
    {
        if (!_read.TryGetValue(height, out Hash32 hash))
        {
            hash = blocks.TryRead(height, out CommittedBlock? block) ? block.Block.Hash : Hash32.Zero;
            _read.Add(height, hash);
        }

        return hash;
    }
}
