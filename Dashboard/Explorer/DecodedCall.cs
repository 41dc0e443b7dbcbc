namespace EnergyChain.Dashboard.Explorer;

/// <summary>A call or event in words.</summary>
/// <param name="Contract">Name of the contract whose ABI explained it.</param>
/// <param name="Name">Of the function or event.</param>
/// <param name="Fields">In order; empty where the bytes are no encoding of them.</param>
public sealed record DecodedCall(string Contract, string Name, IReadOnlyList<DecodedField> Fields);
