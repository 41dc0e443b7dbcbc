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

            foreach (Evidence piece in block.Block.Evidence)
            {
                _included[Offence.Of(piece)] = piece.Height;
                _pending.Remove(piece.First.Validator);
            }
        }

        _seen = head;
        foreach (Offence old in _included.Where(pair => pair.Value.Value < oldest).Select(pair => pair.Key).ToArray())
        {
            _included.Remove(old);
        }
    }

    /// <summary>Takes a verified piece. False where it, or another of the member, is known.</summary>
    public bool Add(Evidence piece) =>
        !_included.ContainsKey(Offence.Of(piece)) && _pending.TryAdd(piece.First.Validator, piece);

    /// <summary>Pieces for a block of this height.</summary>
    public IReadOnlyList<Evidence> For(Height height, Council council) =>
        [.. _pending.Values.Where(piece => MayInclude([piece], height, council)).Take(Limits.MaxBlockEvidence)];

    /// <summary>Whether a block of this height may carry these pieces.</summary>
    public bool MayInclude(IReadOnlyList<Evidence> pieces, Height height, Council council) =>
        pieces.Count <= Limits.MaxBlockEvidence
        && pieces.Select(Offence.Of).Distinct().Count() == pieces.Count
        && pieces.All(piece =>
            piece.Height < height
            && height.Value - piece.Height.Value <= Limits.MaxEvidenceAgeBlocks
            && !_included.ContainsKey(Offence.Of(piece))
            && piece.Verify(chain.Genesis.ChainId, council));

    private readonly record struct Offence(Height Height, Round Round, VoteType Type, int Validator)
    {
        public static Offence Of(Evidence piece) =>
            new(piece.First.Height, piece.First.Round, piece.First.Type, piece.First.Validator);
    }
}
