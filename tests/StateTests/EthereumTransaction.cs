using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm;

namespace EnergyChain.StateTests;

/// <summary>A transaction of Ethereum, its sender known.</summary>
/// <param name="Sender">Who signed.</param>
/// <param name="Nonce">Must equal the sender's.</param>
/// <param name="To">Null creates a contract.</param>
/// <param name="Value">In wei.</param>
/// <param name="Data">Call data or init code.</param>
/// <param name="GasLimit">Intrinsic gas included.</param>
/// <param name="MaxFee">The most it pays per gas; the gas price of an old transaction.</param>
/// <param name="MaxPriorityFee">The most the coinbase gets per gas.</param>
/// <param name="AccessList">Null for none.</param>
public sealed record EthereumTransaction(
    Address Sender,
    ulong Nonce,
    Address? To,
    UInt256 Value,
    byte[] Data,
    ulong GasLimit,
    UInt256 MaxFee,
    UInt256 MaxPriorityFee,
    IReadOnlyList<AccessListEntry>? AccessList);
