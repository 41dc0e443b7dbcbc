using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Chain;

/// <summary>
/// Proves headers with nothing but the genesis: each council signs, in the header, the hash of the term after it. So
/// the blocks that changed the term, in order, lead from the first council to that of any height, and nothing between
/// them is needed. Any input is allowed; no exception. What fails changes nothing. Not thread-safe.
/// </summary>
/// <remarks>
/// As with every proof by signatures of the past, keys of councils long gone must not have been stolen by more than
/// two thirds: who starts long after the genesis compares the head with a source that it trusts, or starts from a
/// later term.
/// </remarks>
/// <param name="chainId">The chain.</param>
/// <param name="known">The terms proven before; it goes on from the newest.</param>
public sealed class TermChain(ChainId chainId, TermHistory known)
{
    /// <param name="chainId">The chain.</param>
    /// <param name="start">The term of <paramref name="from"/>, trusted.</param>
    /// <param name="from">Its first height.</param>
    public TermChain(ChainId chainId, Term start, Height from)
        : this(chainId, new TermHistory(start, from))
    {
    }

    /// <summary>From the genesis on.</summary>
    public TermChain(Genesis genesis)
        : this(genesis.ChainId, genesis.Term, Height.Genesis)
    {
    }

    /// <summary>The newest term that is proven.</summary>
    public Term Term => History.Last;

    /// <summary>Its first height.</summary>
    public Height From => History.Starts[^1].From;

    /// <summary>All terms proven so far.</summary>
    public TermHistory History { get; private set; } = known;

    /// <summary>Takes the block that ends the newest term: the term after it is the newest then.</summary>
    public TermVerdict Extend(TermLink link)
    {
        BlockHeader header = link.Header;
        bool changes = header.NextTermHash != header.TermHash && link.Next.Hash == header.NextTermHash;
        TermVerdict verdict = changes ? Prove(header, link.Certificate) : TermVerdict.WrongNextTerm;
        if (verdict == TermVerdict.Holds)
        {
            History = History.Add(header.Height.Next, link.Next);
        }

        return verdict;
    }

    /// <summary>
    /// Whether the header is that of a final block which the newest term decided. About 50 us a signature.
    /// </summary>
    public TermVerdict Prove(BlockHeader header, CommitCertificate certificate)
    {
        if (header.ChainId != chainId)
        {
            return TermVerdict.WrongChain;
        }

        if (header.Height < From || header.Height == Height.Genesis || header.TermHash != Term.Hash)
        {
            return TermVerdict.NotInTerm;
        }

        bool certified = certificate.Height == header.Height
            && certificate.BlockHash == header.Hash
            && certificate.Verify(chainId, Term.Council);
        return certified ? TermVerdict.Holds : TermVerdict.BadCertificate;
    }
}
