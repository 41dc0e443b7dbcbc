using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Network.Sync;

/// <summary>
/// The check of consecutive blocks from a term on, apart from the state: links among them, contents, certificates,
/// signatures. Where a block names the next term, those after it are checked by that one. It stops at the first block
/// that is not sound, or of another term.
/// </summary>
internal sealed class RangeCheck(
    RangeSlot slot,
    IReadOnlyList<CommittedBlock> blocks,
    ChainId chainId,
    Term term,
    Func<Transaction, bool> isVerified,
    TrustedBlock trusted = default)
{
    public RangeSlot Slot { get; } = slot;

    public IReadOnlyList<CommittedBlock> Blocks { get; } = blocks;

    /// <summary>The term of the first block, as it was known when the check was made.</summary>
    public Term Term { get; } = term;

    /// <summary>Blocks found sound, from the first on.</summary>
    public int Sound { get; private set; }

    /// <summary>What is wrong with the next one; valid where none is.</summary>
    public BlockVerdict Verdict { get; private set; } = BlockVerdict.Valid;

    /// <summary>Does the work; for any one thread.</summary>
    public void Run()
    {
        Term current = Term;
        for (int i = 0; i < Blocks.Count; i++)
        {
            Verdict = VerdictOf(i, current);
            if (Verdict != BlockVerdict.Valid)
            {
                return;
            }

            Sound++;
            current = Blocks[i].Block.NextTerm ?? current;
        }
    }

    private BlockVerdict VerdictOf(int index, Term current)
    {
        if (index > 0 && !BlockVerifier.Follows(Blocks[index].Block.Header, Blocks[index - 1].Block.Header))
        {
            return BlockVerdict.HeaderMismatch;
        }

        return BlockVerifier.VerifyAlone(Blocks[index], current, chainId, isVerified, concurrency: 1, trusted);
    }
}
