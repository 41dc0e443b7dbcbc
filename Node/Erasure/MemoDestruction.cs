using EnergyChain.Contracts.Views;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Storage.Lookup;

namespace EnergyChain.Node.Erasure;

/// <summary>Finds the blocks whose records in the block log hold an erased memo, and has them written anew.</summary>
internal sealed class MemoDestruction(ChainStores stores, ErasureBook erasures)
{
    // So many blocks of the largest size are in memory at once, with what they decode to.
    private const int BlocksAtOnce = 4;

    /// <param name="decisions">Whose memos to destroy.</param>
    /// <param name="replace">Puts blocks in the place of those with the same hash; false where the disk fails.</param>
    /// <param name="destroyed">Heights of the blocks that were written anew.</param>
    /// <returns>False where the disk failed.</returns>
    public bool Run(
        IReadOnlyList<RecordErasure> decisions,
        Func<IReadOnlyList<CommittedBlock>, bool> replace,
        out IReadOnlyList<Height> destroyed)
    {
        List<Height> done = [];
        destroyed = done;
        foreach (CommittedBlock[] blocks in Unclean(decisions).Chunk(BlocksAtOnce))
        {
            if (!replace(blocks))
            {
                return false;
            }

            done.AddRange(blocks.Select(block => block.Block.Height));
        }

        return true;
    }

    // A record that is damaged is passed over: it will be replaced by what a peer has, which is cleaned as well.
    private IEnumerable<CommittedBlock> Unclean(IReadOnlyList<RecordErasure> decisions)
    {
        IEnumerable<Height> heights = decisions
            .Where(decision => stores.Lookup.TryFind(decision.TransactionId, out _))
            .Select(decision => HeightOf(decision.TransactionId))
            .Distinct()
            .Order();
        foreach (Height height in heights)
        {
            if (stores.Blocks.TryRead(height, out CommittedBlock? stored))
            {
                CommittedBlock clean = erasures.Clean(stored);
                if (!ReferenceEquals(clean, stored))
                {
                    yield return clean;
                }
            }
        }
    }

    private Height HeightOf(Hash32 transactionId) =>
        stores.Lookup.TryFind(transactionId, out LookupEntry entry) ? entry.Height : Height.Genesis;
}
