namespace EnergyChain.Contracts;

/// <summary>Bounds of the Council contract; a test holds them against the compiled code.</summary>
public static class CouncilLimits
{
    /// <summary>Members, suspended ones included.</summary>
    public const int MaxMembers = 100;

    public const int MaxOpenProposals = 128;

    /// <summary>So few that a third of the members cannot fill the table.</summary>
    public const int MaxOpenProposalsPerMember = 3;

    /// <summary>How long after the next epoch a proposal may still be open.</summary>
    public const ulong MaxWaitBlocks = 1_000_000;

    /// <summary>Proposals in one answer.</summary>
    public const ulong MaxPage = 32;

    /// <summary>Records that one epoch erases; more wait for the next.</summary>
    public const int MaxEpochErasures = 16;

    /// <summary>Erasures in one answer.</summary>
    public const ulong MaxErasurePage = 256;
}
