using EnergyChain.Core.Chain;

namespace EnergyChain.Consensus.Rules;

/// <summary>
/// The rules that safety rests on, apart so that the simulator's positive controls can break one and be seen to find
/// it. Production has <see cref="Paper"/> and no way to another.
/// </summary>
internal sealed record MachineRules
{
    public static MachineRules Paper { get; } = new();

    /// <summary>False: half of the council is a quorum, so that two quorums need not share an honest member.</summary>
    public bool HasTrueQuorum { get; init; } = true;

    /// <summary>False: a polka leaves neither a lock nor a valid value behind (L38, L39, L42, L43 left out).</summary>
    public bool KeepsLock { get; init; } = true;

    public bool IsQuorum(Council council, int votes) =>
        HasTrueQuorum ? council.IsQuorum(votes) : votes * 2 >= council.Count;
}
