using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Network.Sync;
using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Network.Joining;

/// <summary>
/// The blocks around a snapshot: the last ones up to it and the one after it, whose certified header proves it. They
/// go straight into a log file that becomes the first one of the node's block log. For one thread.
/// </summary>
internal sealed class JoinBlocks : IDisposable
{
    private readonly BlockLog _log;
    private readonly Genesis _genesis;
    private readonly Height _first;
    private readonly Height _last;
    private BlockHeader? _newest;
    private TermHistory _terms;

    private JoinBlocks(BlockLog log, Genesis genesis, Height first, Height last, TermHistory terms)
    {
        _log = log;
        _terms = terms;
        _genesis = genesis;
        _first = first;
        _last = last;
    }

    public Height Next => _log.Last == Height.Genesis ? _first : _log.Last.Next;

    /// <summary>Blocks that are still to be fetched.</summary>
    public int Missing => (int)(_last.Value + 1 - Next.Value);

    public static Height FirstFor(Height snapshot) => new(
        snapshot.Value < Limits.SnapshotBlocksBefore ? 1 : snapshot.Value - Limits.SnapshotBlocksBefore + 1);

    /// <summary>Opens what an earlier run fetched for this snapshot, or begins anew.</summary>
    /// <param name="disk">The disk.</param>
    /// <param name="directory">A folder of its own.</param>
    /// <param name="genesis">The chain.</param>
    /// <param name="snapshot">The height of the snapshot.</param>
    /// <param name="terms">The terms up to that of the first block.</param>
    /// <param name="logger">For what was cut.</param>
    public static JoinBlocks Open(
        IDisk disk, string directory, Genesis genesis, Height snapshot, TermHistory terms, ILogger logger)
    {
        Height first = FirstFor(snapshot);
        if (TryOpen(disk, directory, genesis, logger) is { } log)
        {
            JoinBlocks found = new(log, genesis, first, snapshot.Next, terms);
            if (found.TryRecover())
            {
                return found;
            }

            found.Dispose();
        }

        foreach (string name in disk.Files(directory))
        {
            disk.Delete(Path.Combine(directory, name));
        }

        BlockLog fresh = BlockLog.Open(disk, directory, genesis.Hash, logger, long.MaxValue);
        return new JoinBlocks(fresh, genesis, first, snapshot.Next, terms);
    }

    /// <summary>
    /// Verifies blocks that are next and keeps them: links, contents, certificates, signatures. What is wrong with the
    /// first that is not right; valid where all are kept.
    /// </summary>
    public BlockVerdict Add(IReadOnlyList<CommittedBlock> blocks, int concurrency)
    {
        foreach (CommittedBlock block in blocks.Take(Missing))
        {
            BlockVerdict verdict = Check(block, Next, static _ => false, concurrency);
            if (verdict != BlockVerdict.Valid)
            {
                return verdict;
            }

            _log.Append(block, isDurable: false);
            Learn(block.Block);
        }

        _log.Sync();
        return BlockVerdict.Valid;
    }

    /// <summary>The head that the snapshot must have, by the certified header after it.</summary>
    public CheckpointHead ProvenHead()
    {
        BlockHeader after = _newest!;
        Invariant.Check(after.Height == _last);
        return new CheckpointHead(
            _last.Previous,
            after.ParentHash,
            after.ParentStateRoot,
            after.ParentReceiptsRoot,
            after.ParentGasUsed,
            _terms);
    }

    /// <summary>The term of a height up to the one after the blocks; null of one too long ago.</summary>
    public Term? TermAt(Height height) => _terms.Find(height);

    /// <summary>The hash of a block that is held; null for others.</summary>
    public Hash32? HashOf(Height height) =>
        _log.TryRead(height, out CommittedBlock? block) ? block.Block.Hash : null;

    public void Dispose() => _log.Dispose();

    private BlockVerdict Check(
        CommittedBlock block, Height expected, Func<Transaction, bool> isVerified, int concurrency)
    {
        BlockHeader header = block.Block.Header;
        return header.Height != expected || (_newest is { } parent && !BlockVerifier.Follows(header, parent))
            ? BlockVerdict.HeaderMismatch
            : BlockVerifier.VerifyAlone(
                block, _terms.At(header.Height), _genesis.ChainId, isVerified, concurrency);
    }

    // What an earlier run kept must belong to the terms of today: the operator may have named other peers meanwhile,
    // and whoever gives the block after a false one must not be taken for a liar. Signatures of transactions were
    // verified before they were written.
    private bool TryRecover()
    {
        if (_log.Last == Height.Genesis)
        {
            return true;
        }

        bool sound = _log.First == _first && _log.Last <= _last;
        for (Height height = _first; sound && height <= _log.Last; height = height.Next)
        {
            sound = _log.TryRead(height, out CommittedBlock? block)
                && Check(block, height, static _ => true, Environment.ProcessorCount) == BlockVerdict.Valid;
            if (sound)
            {
                Learn(block!.Block);
            }
        }

        return sound;
    }

    // Blocks are synced many at a time, so a power cut may keep later ones without an earlier: then all come again.
    private static BlockLog? TryOpen(IDisk disk, string directory, Genesis genesis, ILogger logger)
    {
        try
        {
            return BlockLog.Open(disk, directory, genesis.Hash, logger, long.MaxValue);
        }
        catch (StorageException)
        {
            return null;
        }
    }

    private void Learn(Block block)
    {
        _newest = block.Header;
        if (block.NextTerm is { } next)
        {
            _terms = _terms.Add(block.Height.Next, next);
        }
    }
}
