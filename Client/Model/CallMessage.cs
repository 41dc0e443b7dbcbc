using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Client.Model;

/// <summary>A message to run without a transaction.</summary>
/// <param name="From">The caller that the contract sees.</param>
/// <param name="To">The contract.</param>
/// <param name="Value">Base units.</param>
/// <param name="Data">Call data.</param>
/// <param name="GasLimit">Null for the chain's limit of a transaction.</param>
public sealed record CallMessage(
    Address From, Address? To, UInt256 Value, ReadOnlyMemory<byte> Data, Gas? GasLimit = null);
