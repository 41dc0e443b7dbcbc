using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;

namespace EnergyChain.Node.Consensus;

/// <summary>
/// Evidence that waits for a block, one piece for each key at most, checked by the council of its height, and the
/// offences of the last blocks, so that none is included twice. Nothing is kept against who has left the council since
/// the offence: it is suspended already, or was, and came back by a vote. Follows from the chain, so it is the same
/// after a restart. Not thread-safe.
/// </summary>
internal sealed class EvidencePool(IChain chain)
{
    private readonly SortedDictionary<PublicKey, Evidence> _pending = [];
    private readonly Dictionary<Offence, Height> _included = [];
    private Height _seen;

    /// <summary>Pieces that wait for a block.</summary>
    public int Waiting => _pending.Count;

    /// <summary>Offences that are remembered as included.</summary>
    public int Included => _included.Count;

    /// <summary>Reads the blocks that were committed since the last call.</summary>
    public void Follow(Height head)
    {
        ulong oldest = head.Value > Limits.MaxEvidenceAgeBlocks ? head.Value - Limits.MaxEvidenceAgeBlocks : 0;
        for (ulong height = Math.Max(_seen.Value, oldest) + 1; height <= head.Value; height++)
        {
            if (!chain.TryGetBlock(new Height(height), out CommittedBlock? block))
            {
                continue;
            }

            Include(block.Block);
        }

        _seen = head;
        foreach (Offence old in _included.Where(pair => pair.Value.Value < oldest).Select(pair => pair.Key).ToArray())
        {
            _included.Remove(old);
        }

        // What no block may carry any more must not keep newer offences of the member out.
        TermHistory terms = chain.Head.Terms;
        foreach (PublicKey member in _pending
            .Where(pair => !IsYoung(pair.Value) || OffenderOf(pair.Value, head.Next, terms) is null)
            .Select(pair => pair.Key)
            .ToArray())
        {
            _pending.Remove(member);
        }
    }

    /// <summary>Takes note of a block just committed, so that it need not be read again.</summary>
    public void Follow(Block block)
    {
        if (block.Height == _seen.Next)
        {
            Include(block);
            _seen = block.Height;
        }
    }

    /// <summary>
    /// Whether a piece would be taken, were its signatures to hold: the next block may still carry it, and neither it
    /// nor another of the member is known.
    /// </summary>
    public bool Wants(Evidence piece) =>
        IsYoung(piece)
        && !_included.ContainsKey(piece.Offence)
        && OffenderOf(piece, _seen.Next, chain.Head.Terms) is { } offender
        && !_pending.ContainsKey(offender);

    /// <summary>Whether its signatures hold (about 50 us each), by the council of its height.</summary>
    public bool Verify(Evidence piece) => Verify(piece, chain.Head.Terms);

    /// <summary>Takes a verified piece that is wanted. False where it is not.</summary>
    public bool Add(Evidence piece) =>
        Wants(piece) && _pending.TryAdd(OffenderOf(piece, _seen.Next, chain.Head.Terms)!.Value, piece);

    /// <summary>Pieces for a block of this height.</summary>
    public IReadOnlyList<Evidence> For(Height height, TermHistory terms) =>
        [.. _pending.Values.Where(piece => MayInclude([piece], height, terms)).Take(Limits.MaxBlockEvidence)];

    /// <summary>Whether a block of this height may carry these pieces.</summary>
    public bool MayInclude(IReadOnlyList<Evidence> pieces, Height height, TermHistory terms) =>
        pieces.Count <= Limits.MaxBlockEvidence
        && pieces.Select(piece => piece.Offence).Distinct().Count() == pieces.Count
        && pieces.All(piece =>
            piece.Height < height
            && height.Value - piece.Height.Value <= Limits.MaxEvidenceAgeBlocks
            && !_included.ContainsKey(piece.Offence)
            && OffenderOf(piece, height, terms) is not null
            && Verify(piece, terms));

    /// <summary>
    /// Whom a block of a height convicts by it. Null where the council of the offence has no such member or is not
    /// known any more, or the member is not in the council of each height since.
    /// </summary>
    private static PublicKey? OffenderOf(Evidence piece, Height height, TermHistory terms) =>
        terms.Find(piece.Height)?.Council is { } council
        && piece.Offender < council.Count
        && council[piece.Offender].PublicKey is var key
        && (piece.Height > height || terms.HasMember(key, piece.Height, height))
            ? key
            : null;

    private bool Verify(Evidence piece, TermHistory terms) =>
        terms.Find(piece.Height) is { } term && piece.Verify(chain.Genesis.ChainId, term.Council);

    // As MayInclude for the next block. No sum with a height that a peer has chosen: it may overflow.
    private bool IsYoung(Evidence piece) =>
        piece.Height.Value > _seen.Value - Math.Min(_seen.Value, Limits.MaxEvidenceAgeBlocks);

    private void Include(Block block)
    {
        foreach (Evidence piece in block.Evidence)
        {
            _included[piece.Offence] = piece.Height;
            if (OffenderOf(piece, block.Height, chain.Head.Terms) is { } offender)
            {
                _pending.Remove(offender);
            }
        }
    }
}
