using EnergyChain.Core.Primitives;
using EnergyChain.Node.Storage;
using EnergyChain.Node.Storage.Lookup;

namespace EnergyChain.Node.Execution;

/// <summary>The files of a chain.</summary>
internal sealed class ChainStores : IDisposable
{
    private ChainStores(BlockLog blocks, ReceiptLog receipts, LookupIndex lookup, Checkpoints checkpoints)
    {
        Blocks = blocks;
        Receipts = receipts;
        Lookup = lookup;
        Checkpoints = checkpoints;
    }

    public BlockLog Blocks { get; }

    public ReceiptLog Receipts { get; }

    public LookupIndex Lookup { get; }

    public Checkpoints Checkpoints { get; }

    public static ChainStores Open(DataDirectory directory, ChainOptions options, ILogger logger)
    {
        IDisk disk = directory.Disk;
        Hash32 genesis = directory.GenesisHash;
        BlockLog blocks = BlockLog.Open(disk, directory.Blocks, genesis, logger, options.SegmentBytes);
        ReceiptLog? receipts = null;
        try
        {
            receipts = ReceiptLog.Open(disk, directory.Receipts, genesis, logger, options.SegmentBytes);
            Checkpoints checkpoints = new(disk, directory.State, genesis, logger);
            checkpoints.Prepare();
            LookupIndex lookup = LookupIndex.Open(
                disk, directory.Lookup, genesis, logger, options.LookupMemoryEntries);
            return new ChainStores(blocks, receipts, lookup, checkpoints);
        }
        catch
        {
            receipts?.Dispose();
            blocks.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Blocks.Dispose();
        Receipts.Dispose();
        Lookup.Dispose();
    }
}
