using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Consensus.Validators;

/// <summary>
/// Who proposes in each round of a height; the same on every node, because it follows from the chain. Round 0 rotates
/// among the members that signed recently, so that a crashed one costs one timeout and not one in every cycle. Later
/// rounds go through the whole council from the proposer of round 0 on, so n rounds ask every member. Immutable.
/// </summary>
public sealed class ProposerSchedule
{
    private readonly int _first;

    /// <param name="height">The height to decide.</param>
    /// <param name="council">The council that decides it.</param>
    /// <param name="certificateInParent">
    /// The certificate inside block <paramref name="height"/> - 1; null where it carries none. Its signers are the
    /// active members where they are a quorum of the council, otherwise all are.
    /// </param>
    public ProposerSchedule(Height height, Council council, CommitCertificate? certificateInParent)
    {
        Invariant.Check(council.Count > 0);
        Height = height;
        Council = council;
        IReadOnlyList<int> active = [.. (certificateInParent?.Signers ?? []).Where(index => index < council.Count)];
        if (!council.IsQuorum(active.Count))
        {
            active = [.. Enumerable.Range(0, council.Count)];
        }

        Active = active;
        _first = active[(int)(height.Value % (ulong)active.Count)];
    }

    public Height Height { get; }

    public Council Council { get; }

    /// <summary>Indexes of the members that take turns in round 0, ascending.</summary>
    public IReadOnlyList<int> Active { get; }

    /// <summary>The proposer's index in the council.</summary>
    public int ProposerOf(Round round) => (int)(((ulong)_first + round.Value) % (ulong)Council.Count);
}
