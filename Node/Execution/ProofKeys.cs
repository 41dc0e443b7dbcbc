using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Execution;

/// <summary>An account, and which of its storage slots shall be proven with it.</summary>
public sealed record ProofKeys(Address Address, IReadOnlyList<UInt256> Slots);
