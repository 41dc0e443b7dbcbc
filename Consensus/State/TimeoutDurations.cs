using EnergyChain.Core.Primitives;

namespace EnergyChain.Consensus.State;

/// <summary>
/// How long each timeout lasts: growing with the round so that slow networks are outwaited, and capped so that a
/// chain that stood still for an hour goes on within seconds (Besu#7642, GoQuorum#1681 doubled to over an hour).
/// </summary>
public sealed record TimeoutDurations
{
    public uint ProposeMs { get; init; } = 800;

    public uint PrevoteMs { get; init; } = 400;

    public uint PrecommitMs { get; init; } = 400;

    /// <summary>Added for each round.</summary>
    public uint PerRoundMs { get; init; } = 300;

    /// <summary>No timeout is longer.</summary>
    public uint CapMs { get; init; } = 5_000;

    public uint Of(TimeoutKind kind, Round round)
    {
        uint first = kind switch
        {
            TimeoutKind.Propose => ProposeMs,
            TimeoutKind.Prevote => PrevoteMs,
            _ => PrecommitMs,
        };
        return (uint)Math.Min(CapMs, first + ((ulong)PerRoundMs * round.Value));
    }
}
