using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.Node.Offline;

/// <summary>The files of a chain for reading alone: nothing of them is mended, cut or made.</summary>
internal sealed class LookedAtChain : IDisposable
{
    private LookedAtChain(
        BlockLog blocks, ReceiptLog receipts, Checkpoints checkpoints, IReadOnlyList<TermLink> earlierTerms)
    {
        Blocks = blocks;
        Receipts = receipts;
        Checkpoints = checkpoints;
        EarlierTerms = earlierTerms;
    }

    public BlockLog Blocks { get; }

    public ReceiptLog Receipts { get; }

    public Checkpoints Checkpoints { get; }

    /// <summary>The changes of the term before the first block, as the node has them.</summary>
    public IReadOnlyList<TermLink> EarlierTerms { get; }

    /// <summary>Throws <see cref="StorageException"/> where the logs cannot be read.</summary>
    public static LookedAtChain Open(DataDirectory directory)
    {
        UnchangedDisk disk = new(directory.Disk);
        NullLogger logger = NullLogger.Instance;
        BlockLog blocks = BlockLog.Open(disk, directory.Blocks, directory.GenesisHash, logger);
        try
        {
            bool isJoined = blocks.First > Height.Genesis.Next;
            return new LookedAtChain(
                blocks,
                ReceiptLog.Open(disk, directory.Receipts, directory.GenesisHash, logger, mayStartLater: isJoined),
                new Checkpoints(disk, directory.State, directory.GenesisHash, logger),
                isJoined ? TermLinkFile.Read(disk, directory.Terms, directory.GenesisHash, logger) : []);
        }
        catch
        {
            blocks.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Blocks.Dispose();
        Receipts.Dispose();
    }
}
