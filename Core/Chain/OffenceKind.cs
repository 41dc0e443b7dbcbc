namespace EnergyChain.Core.Chain;

/// <summary>What a member may sign once for each height and round.</summary>
public enum OffenceKind
{
    DoubleProposal,

    DoublePrevote,

    DoublePrecommit,
}
