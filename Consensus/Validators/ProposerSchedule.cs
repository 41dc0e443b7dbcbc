using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Consensus.Validators;

/// <summary>
/// Who proposes in each round of a height; the same on every node, because it follows from the chain. Every height has
/// its member by rotation; where that one has not signed for a while, round 0 is the next one's that has, so that a
/// crashed member costs one timeout and not one in every cycle. Later rounds go through the whole council from the
/// proposer of round 0 on, so n rounds ask every member. Immutable.
/// </summary>
public sealed class ProposerSchedule
{
    private readonly int _first;

    /// <param name="height">The height to decide.</param>
    /// <param name="council">The council that decides it.</param>
    /// <param name="recentSigners">
    /// The signers of the certificates inside the last blocks, newest first, of this council only
    /// (<see cref="RecentSigners.Of"/>). Whoever stands in one of the first <see cref="WindowOf"/> is active. All
    /// members are where those are no quorum, and until there are that many certificates of this council: of fewer, a
    /// single proposer could have chosen the signers.
    /// </param>
    public ProposerSchedule(Height height, Council council, IReadOnlyList<IReadOnlyList<int>> recentSigners)
    {
        Invariant.Check(council.Count > 0);
        Height = height;
        Council = council;
        int window = WindowOf(council.Count);
        IReadOnlyList<int>[] counted = [.. recentSigners.Take(window).Where(signers => signers.Count > 0)];
        int[] signed = [.. counted.SelectMany(signers => signers).Where(index => index < council.Count).Distinct()];
        bool isKnown = counted.Length == window && council.IsQuorum(signed.Length);
        Active = isKnown ? [.. signed.Order()] : [.. Enumerable.Range(0, council.Count)];
        int turn = (int)(height.Value % (ulong)council.Count);
        _first = Active.FirstOrDefault(index => index >= turn, Active[0]);
    }

    public Height Height { get; }

    public Council Council { get; }

    /// <summary>Indexes of the members that take turns in round 0, ascending.</summary>
    public IReadOnlyList<int> Active { get; }

    /// <summary>
    /// In how many of the last blocks a member is looked for. More than one, because a proposer chooses which
    /// precommits its certificate names: to shut a member out, all proposers of the window would have to. No more than
    /// a cycle less one, so that a crashed member has one turn at most before it is passed over.
    /// </summary>
    /// <param name="members">Members of the council.</param>
    public static int WindowOf(int members) => Math.Clamp(members - 1, 1, Limits.MaxSignerBlocks);

    /// <summary>The proposer's index in the council.</summary>
    public int ProposerOf(Round round) => round.Value < (ulong)Given.Count
        ? Given[(int)round.Value]
        : (int)(((ulong)_first + round.Value) % (ulong)Council.Count);

    /// <summary>
    /// Who proposes in the first rounds, whatever the rule says: safety must hold with any proposers, and the tests
    /// that enumerate scenarios choose them. Production has none and no way to any.
    /// </summary>
    internal IReadOnlyList<int> Given { get; init; } = [];
}
