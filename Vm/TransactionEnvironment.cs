using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Vm;

/// <summary>What contracts see of the transaction they run in.</summary>
/// <param name="Origin">ORIGIN: the account that signed.</param>
/// <param name="GasPrice">GASPRICE, in base units per gas.</param>
public readonly record struct TransactionEnvironment(Address Origin, UInt256 GasPrice);
