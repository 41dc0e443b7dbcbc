namespace EnergyChain.Contracts;

/// <summary>
/// Why an epoch could not apply a proposal now, however many approve it; the numbers are those of the contract.
/// </summary>
public enum ProposalObstacle
{
    None = 0,
    CouncilFull = 1,
    AlreadyMember = 2,
    UnknownMember = 3,
    NotSuspended = 4,
    LastActiveMember = 5,

    /// <summary>The gas limit of a transaction would exceed that of a block.</summary>
    GasLimitsCross = 6,
}
