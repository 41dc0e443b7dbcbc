using EnergyChain.Core.Primitives;
using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Verification;

/// <summary>The blocks of a node's log from one height to another, both counted.</summary>
internal sealed class LogBlocks(BlockLog log, Height from, Height to) : IBlockSource
{
    private Height _next = from;

    public RawBlock? Next()
    {
        if (_next > to)
        {
            return null;
        }

        Height height = _next;
        _next = height.Next;
        return log.TryReadBytes(height, out byte[] bytes)
            ? new RawBlock(height, bytes)
            : new RawBlock(height, null, "its record in the block log is damaged: length, checksum or height");
    }
}
