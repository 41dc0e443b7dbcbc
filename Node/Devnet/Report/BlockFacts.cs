using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Devnet.Report;

/// <summary>A block in numbers.</summary>
/// <param name="Height">Its height.</param>
/// <param name="Time">Its header's time.</param>
/// <param name="Transactions">Its transactions.</param>
/// <param name="Reverted">Transactions of those that failed.</param>
public readonly record struct BlockFacts(Height Height, BlockTime Time, int Transactions, int Reverted);
