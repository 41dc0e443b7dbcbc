namespace EnergyChain.Contracts.Tests.Governance;

/// <summary>A step of a council's life; what the numbers mean depends on the kind.</summary>
internal readonly record struct CouncilStep(CouncilStepKind Kind, int Actor, int Subject, int Detail, int Amount);
