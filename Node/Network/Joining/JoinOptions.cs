using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Network.Joining;

/// <summary>How a node joins by a snapshot. Times are in milliseconds.</summary>
internal sealed class JoinOptions
{
    /// <summary>How long it waits for a peer that has a snapshot before it joins block by block.</summary>
    public int PatienceMs { get; init; } = 10_000;

    /// <summary>Snapshots that are begun, or begun again, before it joins block by block.</summary>
    public int MaxAttempts { get; init; } = 8;

    /// <summary>Requests for chunks under way to one peer.</summary>
    public int RequestsPerPeer { get; init; } = 4;

    /// <summary>How long a download may go on without a single chunk before it is begun with another cut.</summary>
    public int StallMs { get; init; } = 60_000;

    /// <summary>The pause after a peer was busy, or did not answer.</summary>
    public int PauseMs { get; init; } = 200;

    /// <summary>Answers that a peer may owe in a row before it is left alone.</summary>
    public int MaxFailures { get; init; } = 5;

    /// <summary>Blocks that are asked for at a time.</summary>
    public int RangeBlocks { get; init; } = 64;

    /// <summary>
    /// A height whose block the operator knows from elsewhere; 0 for none. No older snapshot is taken then.
    /// </summary>
    public ulong TrustedHeight { get; init; }

    /// <summary>The hash of that block.</summary>
    public Hash32 TrustedHash { get; init; }
}
