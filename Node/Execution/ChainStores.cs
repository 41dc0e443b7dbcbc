using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Storage;
using EnergyChain.Node.Storage.Lookup;
using EnergyChain.Node.Storage.Snapshots;

namespace EnergyChain.Node.Execution;

/// <summary>The files of a chain.</summary>
internal sealed class ChainStores : IDisposable
{
    private ChainStores(
        BlockLog blocks,
        ReceiptLog receipts,
        LookupIndex lookup,
        Checkpoints checkpoints,
        SnapshotStore? snapshots,
        IReadOnlyList<TermLink> earlierTerms)
    {
        Blocks = blocks;
        Receipts = receipts;
        Lookup = lookup;
        Checkpoints = checkpoints;
        Snapshots = snapshots;
        EarlierTerms = earlierTerms;
    }

    public BlockLog Blocks { get; }

    public ReceiptLog Receipts { get; }

    public LookupIndex Lookup { get; }

    public Checkpoints Checkpoints { get; }

    /// <summary>Null where the node serves none.</summary>
    public SnapshotStore? Snapshots { get; }

    /// <summary>Changes of the term before the first block; of a node that joined by a snapshot.</summary>
    public IReadOnlyList<TermLink> EarlierTerms { get; }

    public static ChainStores Open(DataDirectory directory, ChainOptions options, ILogger logger)
    {
        IDisk disk = directory.Disk;
        Hash32 genesis = directory.GenesisHash;
        BlockLog blocks = BlockLog.Open(disk, directory.Blocks, genesis, logger, options.SegmentBytes);
        ReceiptLog? receipts = null;
        try
        {
            bool isJoined = blocks.First > Height.Genesis.Next;
            receipts = ReceiptLog.Open(
                disk, directory.Receipts, genesis, logger, options.SegmentBytes, mayStartLater: isJoined);
            Checkpoints checkpoints = new(disk, directory.State, genesis, logger);
            checkpoints.Prepare();
            LookupIndex lookup = LookupIndex.Open(
                disk,
                directory.Lookup,
                genesis,
                logger,
                height => blocks.TryRead(height, out CommittedBlock? block) ? block.Block : null,
                options.LookupMemoryEntries,
                blocks.First);
            SnapshotStore? snapshots = options.ServesSnapshots
                ? SnapshotStore.Open(disk, directory.Snapshots, genesis, logger)
                : null;
            IReadOnlyList<TermLink> earlierTerms = isJoined
                ? TermLinkFile.Read(disk, directory.Terms, genesis, logger)
                : [];
            return new ChainStores(blocks, receipts, lookup, checkpoints, snapshots, earlierTerms);
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
        Snapshots?.Dispose();
    }
}
