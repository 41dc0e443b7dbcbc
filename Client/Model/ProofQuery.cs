using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Client.Model;

/// <summary>An account to prove, and which of its storage slots.</summary>
public sealed record ProofQuery(Address Address, IReadOnlyList<UInt256> Slots);
