using EnergyChain.Core.Chain;
using EnergyChain.Node.Network;

namespace EnergyChain.Node.Consensus;

/// <summary>A proposed block that waits for its verdict.</summary>
internal sealed class ProposedBlock(Proposal proposal, PeerId? source)
{
    public Proposal Proposal { get; } = proposal;

    /// <summary>Who sent it first, and so has the bodies; null where it is ours.</summary>
    public PeerId? Source { get; } = source;

    /// <summary>How often its missing bodies were asked for.</summary>
    public int Requests { get; set; }

    /// <summary>Whether the checks without transactions passed.</summary>
    public bool HeaderHolds { get; set; }
}
