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
    private readonly Hash32 _newestTerm;
    private readonly ImmutableArray<(Hash32 Term, IReadOnlyList<int> Signers)> _blocks;

    private RecentSigners(
        Hash32 newestTerm, ImmutableArray<(Hash32 Term, IReadOnlyList<int> Signers)> blocks)
    {
        _newestTerm = newestTerm;
        _blocks = blocks;
    }

    /// <summary>Before block 1, or before the first block that is read.</summary>
    public static RecentSigners None { get; } = new(Hash32.Zero, []);

    /// <summary>With one block more, the one after those that were added before.</summary>
    public RecentSigners Add(Block block)
    {
        // The certificate inside is of the parent, and so of the parent's term.
        int kept = Math.Min(_blocks.Length, Limits.MaxSignerBlocks - 1);
        return new RecentSigners(
            block.Header.TermHash,
            [(_newestTerm, block.LastCertificate?.Signers ?? []), .. _blocks.AsSpan(0, kept)]);
    }

    /// <summary>
    /// The signers in each of the last blocks, newest first; none in those whose certificate is of another term, in
    /// which an index may mean another member.
    /// </summary>
    /// <param name="term">Hash of the term that decides next.</param>
    public IReadOnlyList<IReadOnlyList<int>> Of(Hash32 term) =>
        [.. _blocks.Select(block => block.Term == term ? block.Signers : [])];
}
