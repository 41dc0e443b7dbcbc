using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Execution;

/// <summary>The block and the position in it, from 0, of a transaction.</summary>
public readonly record struct TransactionLocation(Height Height, int Index);
