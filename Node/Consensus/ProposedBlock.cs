using EnergyChain.Core.Chain;

namespace EnergyChain.Node.Consensus;

/// <summary>A proposed block that waits for its verdict.</summary>
internal sealed class ProposedBlock(Proposal proposal)
{
    public Proposal Proposal { get; } = proposal;

    /// <summary>Whether the checks without transactions passed.</summary>
    public bool HeaderHolds { get; set; }
}
