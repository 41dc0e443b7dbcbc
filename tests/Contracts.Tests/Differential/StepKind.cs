namespace EnergyChain.Contracts.Tests.Differential;

internal enum StepKind
{
    Wait,
    Tariff,
    Buy,
    Sell,
    Offer,
    Accept,
    Cancel,
    Clear,
    Settle,
    Record,
    Revoke,
    Reset,
    Withdraw,
}
