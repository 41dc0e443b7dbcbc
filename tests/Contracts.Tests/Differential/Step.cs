namespace EnergyChain.Contracts.Tests.Differential;

/// <summary>
/// One random action; the numbers mean what the action makes of them. Small ranges make steps meet: the same sites,
/// slots and orders again and again.
/// </summary>
internal sealed record Step(
    StepKind Kind,
    uint Site,
    uint Other,
    int SlotOffset,
    uint EnergyWh,
    uint Price,
    uint Fault);
