using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Network.Sync;

/// <summary>
/// The check of consecutive blocks by a council, apart from the state: links among them, contents, certificates,
/// signatures. It stops at the first block that is not sound, or that another council decided.
/// </summary>
internal sealed class RangeCheck(
    RangeSlot slot,
    IReadOnlyList<CommittedBlock> blocks,
    ChainId chainId,
    Council council,
    Func<Transaction, bool> isVerified)
{
    public RangeSlot Slot { get; } = slot;

    public IReadOnlyList<CommittedBlock> Blocks { get; } = blocks;

    public Council Council { get; } = council;

    /// <summary>Blocks found sound, from the first on.</summary>
    public int Sound { get; private set; }

    /// <summary>What is wrong with the next one; valid where none is.</summary>
    public BlockVerdict Verdict { get; private set; } = BlockVerdict.Valid;

    /// <summary>Does the work; for any one thread.</summary>
    public void Run()
    {
        for (int i = 0; i < Blocks.Count; i++)
        {
            Verdict = VerdictOf(i);
            if (Verdict != BlockVerdict.Valid)
            {
                return;
            }

            Sound++;
        }
    }

    private BlockVerdict VerdictOf(int index)
    {
        if (index > 0 && !BlockVerifier.Follows(Blocks[index].Block.Header, Blocks[index - 1].Block.Header))
        {
            return BlockVerdict.HeaderMismatch;
        }

        return BlockVerifier.VerifyAlone(Blocks[index], Council, chainId, isVerified, concurrency: 1);
    }
}
