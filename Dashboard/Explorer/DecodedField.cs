namespace EnergyChain.Dashboard.Explorer;

/// <summary>A parameter with its value as text.</summary>
public sealed record DecodedField(string Name, string Value);
