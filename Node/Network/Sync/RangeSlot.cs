using EnergyChain.Core.Chain;

namespace EnergyChain.Node.Network.Sync;

/// <summary>
/// Heights that are asked for, checked, or wait for earlier ones. No two slots share a height.
/// </summary>
internal sealed class RangeSlot(ulong from, int count)
{
    public ulong From { get; set; } = from;

    public int Count { get; set; } = count;

    /// <summary>The height after its last.</summary>
    public ulong End => From + (ulong)Count;

    /// <summary>Requests under way for it: one, and another where the first takes long.</summary>
    public List<OpenRequest> Requests { get; } = [];

    /// <summary>Whose blocks these are; none while it is only asked for.</summary>
    public PeerId Source { get; set; }

    /// <summary>The answer; empty while it is only asked for.</summary>
    public IReadOnlyList<CommittedBlock> Blocks { get; set; } = [];

    /// <summary>How many of the blocks, from the first on, have been found sound.</summary>
    public int Verified { get; set; }

    public bool IsChecking { get; set; }

    public bool HasBlocks => Blocks.Count > 0;
}
