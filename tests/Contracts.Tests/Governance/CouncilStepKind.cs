namespace EnergyChain.Contracts.Tests.Governance;

internal enum CouncilStepKind
{
    Wait,
    Epoch,
    Evidence,
    ProposeAdd,
    ProposeRemove,
    ProposeReinstate,
    ProposeParameter,
    ProposeErase,
    Approve,
    Withdraw,
}
