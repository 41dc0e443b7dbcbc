using System.Diagnostics.CodeAnalysis;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Index;

/// <summary>Block log and receipts of a data directory that no node runs on.</summary>
internal sealed class LogIndexSource(BlockLog blocks, ReceiptLog receipts) : IIndexSource
{
    public Height First => blocks.First > receipts.First ? blocks.First : receipts.First;

    // Receipts that were not synced are executed again when the node starts.
    public Height Last => blocks.Last < receipts.Last ? blocks.Last : receipts.Last;

    public bool Holds(Height height, Hash32 hash) =>
        blocks.TryRead(height, out CommittedBlock? block) && block.Block.Hash == hash;

    public bool TryRead(
        Height height,
        [NotNullWhen(true)] out CommittedBlock? block,
        [NotNullWhen(true)] out IReadOnlyList<Receipt>? done)
    {
        done = null;
        return blocks.TryRead(height, out block) && receipts.TryRead(height, out done);
    }

    public bool TryReadTime(Height height, out BlockTime time)
    {
        bool found = blocks.TryRead(height, out CommittedBlock? block);
        time = found ? block!.Block.Header.Time : default;
        return found;
    }
}
