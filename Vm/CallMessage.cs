using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Vm;

/// <summary>The outermost call of a transaction.</summary>
/// <param name="Caller">Whose value moves. Its nonce has been incremented for this transaction already.</param>
/// <param name="To">
/// The called account; null creates a contract whose address comes from the caller's nonce - 1.
/// </param>
/// <param name="Value">In base units.</param>
/// <param name="Data">Call data, or init code of a creation.</param>
/// <param name="GasLimit">Gas for execution, without the intrinsic gas; what is over 2^63-1 is not used.</param>
/// <param name="AccessList">What is warm from the start; null for nothing.</param>
public readonly record struct CallMessage(
    Address Caller,
    Address? To,
    UInt256 Value,
    ReadOnlyMemory<byte> Data,
    ulong GasLimit,
    IReadOnlyList<AccessListEntry>? AccessList = null);
