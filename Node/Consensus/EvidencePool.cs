using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;

namespace EnergyChain.Node.Consensus;

/// <summary>
/// Evidence that waits for a block, one piece for each member at most, and the offences of the last blocks, so that
/// none is included twice. Follows from the chain, so it is the same after a restart. Not thread-safe.
/// </summary>
internal sealed class EvidencePool(IChain chain)
{
    private readonly SortedDictionary<int, Evidence> _pending = [];
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
        foreach (int member in _pending.Where(pair => !IsYoung(pair.Value)).Select(pair => pair.Key).ToArray())
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
        && !_pending.ContainsKey(piece.Offender);

    /// <summary>Takes a verified piece that is wanted. False where it is not.</summary>
    public bool Add(Evidence piece) => Wants(piece) && _pending.TryAdd(piece.Offender, piece);

    /// <summary>Pieces for a block of this height.</summary>
    public IReadOnlyList<Evidence> For(Height height, Council council) =>
        [.. _pending.Values.Where(piece => MayInclude([piece], height, council)).Take(Limits.MaxBlockEvidence)];

    /// <summary>Whether a block of this height may carry these pieces.</summary>
    public bool MayInclude(IReadOnlyList<Evidence> pieces, Height height, Council council) =>
        pieces.Count <= Limits.MaxBlockEvidence
        && pieces.Select(piece => piece.Offence).Distinct().Count() == pieces.Count
        && pieces.All(piece =>
            piece.Height < height
            && height.Value - piece.Height.Value <= Limits.MaxEvidenceAgeBlocks
            && !_included.ContainsKey(piece.Offence)
            && piece.Verify(chain.Genesis.ChainId, council));

    // As MayInclude for the next block. No sum with a height that a peer has chosen: it may overflow.
    private bool IsYoung(Evidence piece) =>
        piece.Height.Value > _seen.Value - Math.Min(_seen.Value, Limits.MaxEvidenceAgeBlocks);

    private void Include(Block block)
    {
        foreach (Evidence piece in block.Evidence)
        {
            _included[piece.Offence] = piece.Height;
            _pending.Remove(piece.Offender);
        }
    }
}
