using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Execution;

/// <summary>A read-only message call.</summary>
/// <param name="From">The caller that the contract sees.</param>
/// <param name="To">The contract; null runs the data as init code.</param>
/// <param name="Value">Base units that the contract sees.</param>
/// <param name="Data">Call data.</param>
/// <param name="GasLimit">Gas it may use; capped by the chain's limit for one transaction.</param>
public sealed record CallRequest(
    Address From, Address? To, UInt256 Value, ReadOnlyMemory<byte> Data, Gas GasLimit);
