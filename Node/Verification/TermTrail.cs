using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Verification;

/// <summary>
/// The changes of the term from the genesis up to a block of a log, each proven by the council before it.
/// </summary>
internal sealed class TermTrail
{
    private readonly TermChain _chain;
    private readonly List<TermLink> _links = [];

    private TermTrail(Genesis genesis) => _chain = new TermChain(genesis);

    /// <summary>The changes, ascending.</summary>
    public IReadOnlyList<TermLink> Links => _links;

    /// <summary>The terms that they prove.</summary>
    public TermHistory Terms => _chain.History;

    /// <summary>
    /// Follows the changes in blocks before a height. Where they do not lead to the term that the block of that height
    /// names, whoever verifies it will find so.
    /// </summary>
    /// <param name="genesis">The chain.</param>
    /// <param name="blocks">The log.</param>
    /// <param name="earlier">The changes before its first block.</param>
    /// <param name="until">The height.</param>
    /// <param name="hints">
    /// Terms that a checkpoint names, so that not every block has to be read; nothing of them is believed.
    /// </param>
    public static TermTrail Before(
        Genesis genesis, BlockLog blocks, IReadOnlyList<TermLink> earlier, Height until, TermHistory? hints)
    {
        Hash32? wanted = blocks.TryRead(until, out CommittedBlock? block) ? block.Block.Header.TermHash : null;
        if (hints is not null)
        {
            TermTrail guessed = new(genesis);
            guessed.Take(earlier, until);
            guessed.Take(
                LinksAt(blocks, hints.Starts.Where(start => start.From > blocks.First && start.From <= until)
                    .Select(static start => start.From.Previous)),
                until);
            if (guessed.Terms.Last.Hash == wanted)
            {
                return guessed;
            }
        }

        TermTrail found = new(genesis);
        found.Take(earlier, until);
        found.Take(LinksAt(blocks, Heights(blocks.First, until)), until);
        return found;
    }

    private static IEnumerable<Height> Heights(Height first, Height until)
    {
        for (Height height = first; height < until; height = height.Next)
        {
            yield return height;
        }
    }

    private static IEnumerable<TermLink> LinksAt(BlockLog blocks, IEnumerable<Height> heights) => heights
        .Select(height => blocks.TryRead(height, out CommittedBlock? block) ? TermLink.Of(block) : null)
        .OfType<TermLink>();

    private void Take(IEnumerable<TermLink> links, Height until)
    {
        foreach (TermLink link in links)
        {
            if (link.Header.Height < until && _chain.Extend(link) == TermVerdict.Holds)
            {
                _links.Add(link);
            }
        }
    }
}
