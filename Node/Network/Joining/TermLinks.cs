using System.Collections.Concurrent;
using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;

namespace EnergyChain.Node.Network.Joining;

/// <summary>
/// The changes of the term as a node serves them: from its blocks, and before its first one those by which it joined
/// itself. Thread-safe.
/// </summary>
internal sealed class TermLinks(IChain chain)
{
    private readonly ConcurrentDictionary<Height, TermLink> _held = [];

    /// <summary>
    /// Those in final blocks from a height on, ascending, at most <see cref="Limits.MaxTermLinks"/>.
    /// </summary>
    public IReadOnlyList<TermLink> From(Height height) =>
    [
        .. chain.EarlierTerms
            .Where(link => link.Header.Height < chain.FirstBlock)
            .Concat(OfBlocks())
            .Where(link => link.Header.Height >= height)
            .Take(Limits.MaxTermLinks),
    ];

    private IEnumerable<TermLink> OfBlocks()
    {
        ChainHead head = chain.Head;
        foreach (TermStart start in head.Terms.Starts.Where(start =>
            start.From > chain.FirstBlock && start.From <= head.Height.Next))
        {
            if (LinkOf(start.From.Previous) is not { } link)
            {
                yield break;
            }

            yield return link;
        }
    }

    // Kept, as a block that changes the term may be large, and who asks pays nothing.
    private TermLink? LinkOf(Height height)
    {
        if (!_held.TryGetValue(height, out TermLink? link)
            && chain.TryGetBlock(height, out CommittedBlock? block)
            && TermLink.Of(block) is { } found)
        {
            link = _held.GetOrAdd(height, found);
        }

        return link;
    }
}
