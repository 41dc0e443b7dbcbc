using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Verification;

/// <summary>The first thing wrong with a chain.</summary>
/// <param name="Height">The block in which it shows.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Reason">One sentence with the values that differ.</param>
public sealed record ChainFault(Height Height, FaultKind Kind, string Reason);
