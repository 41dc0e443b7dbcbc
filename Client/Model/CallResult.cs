using EnergyChain.Core.Primitives;

namespace EnergyChain.Client.Model;

/// <summary>What a call gave.</summary>
/// <param name="Succeeded">False where it reverted.</param>
/// <param name="Output">Return or revert data.</param>
/// <param name="GasUsed">Gas used, the intrinsic gas of a transaction included.</param>
/// <param name="Failure">The failure in words; empty where it succeeded.</param>
public sealed record CallResult(bool Succeeded, ReadOnlyMemory<byte> Output, Gas GasUsed, string Failure);
