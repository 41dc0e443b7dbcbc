namespace EnergyChain.Contracts.Abi;

/// <summary>A named value of a function, event, error or struct. Only an event has indexed ones.</summary>
public sealed record AbiParameter(string Name, AbiType Type, bool IsIndexed = false);
