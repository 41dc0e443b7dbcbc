namespace EnergyChain.Consensus.Tests;

/// <summary>
/// What goes wrong in a <see cref="Cluster"/> until it is healed; the silent and the Byzantine stay so.
/// </summary>
internal sealed record ClusterFaults
{
    public IReadOnlyList<int> Silent { get; init; } = [];

    /// <summary>The member that sends different votes to different peers.</summary>
    public int? Byzantine { get; init; }

    public int LossPercent { get; init; }

    /// <summary>Even and odd members do not hear each other.</summary>
    public bool Partitioned { get; init; }

    /// <summary>The chance, each second, that a node loses all but its journal.</summary>
    public int CrashPercent { get; init; }

    /// <summary>When all nodes lose all but their journals, and the network what is under way.</summary>
    public ulong? PowerCutAtMs { get; init; }

    /// <summary>The member that does not come back from the power cut.</summary>
    public int? LostInPowerCut { get; init; }

    public int MaxDelayMs { get; init; } = 60;

    public ulong HealedAtMs { get; init; }
}
