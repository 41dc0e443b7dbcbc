using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Network.Sync;

/// <summary>
/// Blocks that were fetched in the place of damaged ones, from the highest down, and are stored together: as many as
/// memory may hold, since each time a whole segment is written anew.
/// </summary>
internal sealed class MendedBlocks
{
    private const int MaxBlocks = 256;
    private const long MaxBytes = 64L * 1024 * 1024;

    // Whom so many are asked of in vain is left alone for a while.
    private const int MaxMisses = 16;

    private readonly List<CommittedBlock> _blocks = [];
    private long _bytes;
    private int _misses;

    public IReadOnlyList<CommittedBlock> Blocks => _blocks;

    /// <summary>Whether no more may be asked for this time.</summary>
    public bool IsFull => _blocks.Count == MaxBlocks || _bytes >= MaxBytes || _misses == MaxMisses;

    /// <summary>Takes the answer for a height; null where nobody had it.</summary>
    public void Add(CommittedBlock? block)
    {
        if (block is null)
        {
            _misses++;
            return;
        }

        _blocks.Add(block);
        _bytes += Bcs.Encode(block).Length;
    }

    /// <summary>The block after a height, where it was the last to come.</summary>
    public Block? After(Height height) =>
        _blocks is [.., CommittedBlock last] && last.Block.Height == height.Next ? last.Block : null;
}
