using System.Collections.Immutable;
using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Consensus.Validators;

/// <summary>
/// Who signed the certificates inside the last blocks, newest first: what <see cref="ProposerSchedule"/> goes by.
/// Follows from the last <see cref="Limits.MaxSignerBlocks"/> + 1 blocks alone, so a node reads it from its block log.
/// Immutable.
/// </summary>
public sealed class RecentSigners
{
    private readonly Hash32 _newestCouncil;
    private readonly ImmutableArray<(Hash32 Council, IReadOnlyList<int> Signers)> _blocks;

    private RecentSigners(
        Hash32 newestCouncil, ImmutableArray<(Hash32 Council, IReadOnlyList<int> Signers)> blocks)
    {
        _newestCouncil = newestCouncil;
        _blocks = blocks;
    }

    /// <summary>Before block 1, or before the first block that is read.</summary>
    public static RecentSigners None { get; } = new(Hash32.Zero, []);

    /// <summary>With one block more, the one after those that were added before.</summary>
    public RecentSigners Add(Block block)
    {
        // The certificate inside is of the parent, and so by the parent's council.
        int kept = Math.Min(_blocks.Length, Limits.MaxSignerBlocks - 1);
        return new RecentSigners(
            block.Header.CouncilHash,
            [(_newestCouncil, block.LastCertificate?.Signers ?? []), .. _blocks.AsSpan(0, kept)]);
    }

    /// <summary>
    /// The signers in each of the last blocks, newest first; none in those whose certificate another council signed,
    /// because an index means another member there.
    /// </summary>
    /// <param name="council">Hash of the council that decides next.</param>
    public IReadOnlyList<IReadOnlyList<int>> Of(Hash32 council) =>
        [.. _blocks.Select(block => block.Council == council ? block.Signers : [])];
}
