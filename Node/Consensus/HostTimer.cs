using EnergyChain.Consensus.State;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Consensus;

/// <summary>What the consensus loop waits for: a closed set. Those of a height gone by are dropped with it.</summary>
internal abstract record HostTimer
{
    private HostTimer()
    {
    }

    /// <summary>A timeout of the machine.</summary>
    public sealed record Machine(ConsensusTimeout Timeout) : HostTimer;

    /// <summary>The instant of our proposal.</summary>
    public sealed record Build(Round Round) : HostTimer;

    /// <summary>A block could not be judged before: its time lay ahead or bodies were missing.</summary>
    public sealed record Retry(Hash32 Block) : HostTimer;

    /// <summary>The height makes no progress.</summary>
    public sealed record Stalled : HostTimer;
}
